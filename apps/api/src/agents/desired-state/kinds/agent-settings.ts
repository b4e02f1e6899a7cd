import { AgentSettings } from '@loopstart/contracts';
import { CERTIFICATE_BACKDATE_MS } from '@loopstart/domain';
import type { Secrets } from '../../../core/secret/secrets.ts';
import { openTarget, type TargetRow } from '../../registry/index.ts';
import type { DesiredStateOf } from './desired-state-kind.ts';

const UNREPORTED = 'a.config_revision is distinct from a.config_revision_reported';

/** The settings of an agent (`config` on the wire): its discovery targets. Reported by the revision in its health. */
export const agentSettings = (secrets: Secrets): DesiredStateOf<'config'> => ({
  kind: 'config',
  lagging: UNREPORTED,

  async pending(sql, agentId) {
    const { rows } = await sql.query<{
      operatorId: string;
      revision: number;
      trapPort: number;
      renewIssuedBefore: Date | null;
    }>(
      `select a.operator_id as "operatorId", a.config_revision as revision, a.trap_port as "trapPort",
         a.renew_issued_before as "renewIssuedBefore" from agent a
       where a.id = $1 and a.revoked_at is null and ${UNREPORTED}`,
      [agentId],
    );
    if (rows[0] === undefined) return { messages: [], published: [] };
    const { operatorId, renewIssuedBefore, ...wanted } = rows[0];
    const targets = await sql.query<TargetRow>(
      `select id, address, port, version, username, level, can_write as "canWrite", access, poll_interval_ms as "pollIntervalMs", ordinal
       from agent_target where agent_id = $1 order by ordinal`,
      [agentId],
    );
    const config = AgentSettings.parse({
      ...wanted,
      certificateStaleBeforeMs: staleBeforeMs(renewIssuedBefore),
      targets: await Promise.all(targets.rows.map((row) => openTarget(secrets, { operatorId, agentId }, row))),
    });
    return { messages: [{ v: 1, kind: 'config', config }], published: [] };
  },
});

/** The agent compares the beginning of its certificate, which is before it was issued and a whole second. */
function staleBeforeMs(issuedBefore: Date | null): number | null {
  if (issuedBefore === null) return null;
  return Math.floor((issuedBefore.getTime() - CERTIFICATE_BACKDATE_MS) / 1000) * 1000;
}
