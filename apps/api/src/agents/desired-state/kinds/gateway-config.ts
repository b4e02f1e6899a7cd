import { ConfigAccess, type DownOf } from '@loopstart/contracts';
import { isHeld } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import type { Secrets } from '../../../core/secret/secrets.ts';
import { emergencyCalls } from '../../actions/index.ts';
import { openPayload } from '../../config-jobs/index.ts';
import { wirePosition, type WirePositions } from '../../ingest/index.ts';
import type { DesiredStateOf } from './desired-state-kind.ts';

/**
 * How long the agent waits for the proof that a gateway works as before; the model's own limit counts where it is longer.
 * Short, as the lines may be dead until it goes back.
 */
const CONFIRM_WITHIN_MS = 60_000;

/** SQL: job `j` is due and its agent `a` has not reported it, its window, or that it is withdrawn. */
const UNREPORTED = `j.state = 'waiting' and j.released_at is not null and (j.reported_at is null or j.withdrawn_at is not null
  or j.window_until is distinct from j.known_window)`;

interface StoredJob {
  id: string;
  operatorId: string;
  gatewayId: string;
  purpose: string;
  revision: number;
  payload: Buffer;
  access: Buffer | null;
  isRollBack: boolean;
  withdrawnAt: Date | null;
  releasedAt: Date;
  expiresAt: Date;
  windowUntil: Date | null;
  lifeSafetyConfirmed: boolean;
  overrideReason: string | null;
  /** Null: it writes nothing. */
  acceptsReadBack: boolean | null;
  groupId: string | null;
  peers: string[];
  driverId: string;
  model: string | null;
  firmware: string | null;
  macAddress: string | null;
  serial: string | null;
  wirePositions: WirePositions | null;
  ports: { position: number; portKey: string | null; lineDeviceClass: string }[];
}

/** Configuration jobs that are due. Sent until the agent reports them: only then are their secrets opened. */
export const gatewayConfig = (secrets: Secrets): DesiredStateOf<'gateway-config'> => ({
  kind: 'gateway-config',
  lagging: `exists (select from config_job j join gateway g on g.id = j.gateway_id where g.agent_id = a.id and ${UNREPORTED})`,

  async pending(sql, agentId, now) {
    const jobs = await unreported(sql, agentId);
    if (jobs.length === 0) return { messages: [], published: [] };
    const calls = await emergencyCalls(
      sql,
      jobs.map(({ gatewayId }) => gatewayId),
      now,
    );
    const isOnHold = (gatewayId: string, position: number) =>
      isHeld(calls.get(gatewayId) ?? [], position, now.getTime());
    return { messages: await Promise.all(jobs.map((job) => toMessage(secrets, job, isOnHold))), published: [] };
  },
});

async function unreported(sql: Sql, agentId: string): Promise<StoredJob[]> {
  const { rows } = await sql.query<StoredJob>(
    `select j.id, j.operator_id as "operatorId", j.gateway_id as "gatewayId", j.purpose, j.revision, j.payload, c.access, r.rolled_back_to is not null as "isRollBack",
       j.withdrawn_at as "withdrawnAt", j.released_at as "releasedAt", j.expires_at as "expiresAt", j.window_until as "windowUntil", j.life_safety_confirmed as "lifeSafetyConfirmed",
       j.override_reason as "overrideReason", d.accepts_read_back as "acceptsReadBack", j.peers,
       case when j.group_name is not null then md5(j.operator_id::text || '/' || j.group_name)::uuid end as "groupId",
       g.driver_id as "driverId", g.model, g.firmware, g.mac_address as "macAddress", g.serial, g.wire_positions as "wirePositions",
       coalesce((select json_agg(json_build_object('position', p."position", 'portKey', p.port_key, 'lineDeviceClass', p.line_device_class) order by p."position")
         from port p where p.gateway_id = g.id and p.removed_at is null), '[]') as ports
     from config_job j join gateway g on g.id = j.gateway_id left join config_revision r on r.operator_id = j.operator_id and r.number = j.revision
     left join config_deployment d on d.id = j.deployment_id left join config_access c on c.gateway_id = g.id
     where g.agent_id = $1 and ${UNREPORTED} order by j.released_at, j.ordinal`,
    [agentId],
  );
  return rows;
}

async function toMessage(
  secrets: Secrets,
  job: StoredJob,
  isOnHold: (gatewayId: string, position: number) => boolean,
): Promise<DownOf<'gateway-config'>> {
  const { id, operatorId, gatewayId } = job;
  const { mustRegister, sealedKeys: _, ...payload } = await openPayload(secrets, operatorId, id, job.payload);
  const { driverId, model, firmware, macAddress, serial } = job;
  return {
    v: 1,
    kind: 'gateway-config',
    jobId: id,
    gatewayId,
    revision: job.revision,
    purpose: job.purpose === 'read' ? 'read' : job.isRollBack ? 'rollback' : 'apply',
    ...(job.withdrawnAt !== null && { withdrawn: true }),
    expects: { driverId, model, firmware, macAddress, serialNumber: serial },
    ...payload,
    ports: job.ports.map((port) => ({
      ...port,
      position: wirePosition(job.wirePositions, port.position) ?? port.position,
      emergencyHold: isOnHold(gatewayId, port.position),
      mustRegister: mustRegister.includes(port.position),
    })),
    lifeSafetyConfirmed: job.lifeSafetyConfirmed,
    overrideReason: job.overrideReason,
    ...(job.acceptsReadBack === true && { acceptsReadBack: true }),
    notBefore: job.releasedAt.getTime(),
    ...(job.windowUntil !== null && { windowUntil: job.windowUntil.getTime() }),
    expiresAt: job.expiresAt.getTime(),
    confirmWithinMs: CONFIRM_WITHIN_MS,
    redundancyGroup: job.groupId,
    peers: job.peers,
    access: job.access === null ? null : await openAccess(secrets, job, job.access),
  };
}

async function openAccess(secrets: Secrets, { operatorId, gatewayId }: StoredJob, sealed: Buffer) {
  const place = { field: 'config_access.access', operatorId, row: { gateway_id: gatewayId } } as const;
  return ConfigAccess.parse(JSON.parse(await secrets.open(place, sealed)));
}
