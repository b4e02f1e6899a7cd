import { type AgentTargetsInput, SnmpAccess, type Target, targetMoved, type TargetView } from '@loopstart/contracts';
import type { z } from 'zod';
import { ProblemError } from '../../core/http/problem-error.ts';
import type { SealedPlace } from '../../core/secret/sealed-fields.ts';
import type { Secrets } from '../../core/secret/secrets.ts';

type Input = z.output<typeof AgentTargetsInput>['targets'][number];

/** A row of agent_target. */
export interface TargetRow {
  id: string;
  address: string;
  port: number;
  version: string;
  username: string | null;
  level: string | null;
  canWrite: boolean;
  access: Uint8Array<ArrayBuffer>;
  pollIntervalMs: number | null;
  ordinal: number;
}

/** The agent that a target belongs to. */
export interface TargetOwner {
  operatorId: string;
  agentId: string;
}

/** Where a sealed access stands. */
const placeOf = ({ operatorId, agentId }: TargetOwner, id: string): SealedPlace => ({
  field: 'agent_target.access',
  operatorId,
  row: { agent_id: agentId, id },
});

/**
 * Rows for a new list of targets. A target without `access` keeps the stored one where its address is unchanged. Throws
 * `invalid-input` naming the invalid target.
 */
export async function toRows(
  secrets: Secrets,
  owner: TargetOwner,
  targets: readonly Input[],
  stored: ReadonlyMap<string, TargetRow>,
): Promise<TargetRow[]> {
  const seen = new Set<string>();
  const rows: TargetRow[] = [];
  for (const [ordinal, target] of targets.entries()) {
    const place = `body.targets.${ordinal}`;
    if (seen.has(target.id)) throw invalid(`${place}.id`, 'an id that no other target has');
    seen.add(target.id);
    const { id, address, port, pollIntervalMs } = target;
    if (target.access === undefined) {
      const before = stored.get(id);
      if (before === undefined) throw invalid(`${place}.access`, 'how to read this new target');
      if (targetMoved(before, target))
        throw invalid(
          `${place}.access`,
          'given again: the address or port changed, and what is stored was given for the former one',
        );
      rows.push({ ...before, id, address, port, pollIntervalMs, ordinal });
      continue;
    }
    rows.push({
      id,
      address,
      port,
      pollIntervalMs,
      ordinal,
      ...summary(target.access),
      access: new Uint8Array(await secrets.seal(placeOf(owner, id), JSON.stringify(target.access))),
    });
  }
  return rows;
}

/** A stored target with its secrets, for the agent alone. */
export async function openTarget(secrets: Secrets, owner: TargetOwner, row: TargetRow): Promise<Target> {
  const access = SnmpAccess.parse(JSON.parse(await secrets.open(placeOf(owner, row.id), row.access)));
  return { id: row.id, address: row.address, port: row.port, access, pollIntervalMs: row.pollIntervalMs };
}

/** A sealed access for another agent of the operator. */
export async function moveAccess(
  secrets: Secrets,
  row: Pick<TargetRow, 'id' | 'access'>,
  move: { operatorId: string; from: string; to: string },
): Promise<Buffer> {
  const { operatorId, from, to } = move;
  const plain = await secrets.open(placeOf({ operatorId, agentId: from }, row.id), row.access);
  return secrets.seal(placeOf({ operatorId, agentId: to }, row.id), plain);
}

/** A stored target as people may see it. */
export function toView(row: TargetRow): z.output<typeof TargetView> {
  return {
    id: row.id,
    address: row.address,
    port: row.port,
    version: row.version as 'v1' | 'v2c' | 'v3',
    user: row.username,
    level: row.level,
    hasSecrets: true,
    canWrite: row.canWrite,
    pollIntervalMs: row.pollIntervalMs,
  };
}

function summary(access: SnmpAccess): Pick<TargetRow, 'version' | 'username' | 'level' | 'canWrite'> {
  return access.version === 'v3'
    ? { version: 'v3', username: access.user, level: access.level, canWrite: true }
    : { version: access.version, username: null, level: null, canWrite: access.writeCommunity !== undefined };
}

function invalid(path: string, expected: string): ProblemError {
  return new ProblemError('invalid-input', { fields: [{ path, expected }] });
}
