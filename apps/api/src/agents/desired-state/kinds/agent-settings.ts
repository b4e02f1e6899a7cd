import { AgentSettings } from '@loopstart/contracts';
import type { SecretBox } from '../../../core/secret/secret-box.ts';
import { openTarget, type TargetRow } from '../../registry/index.ts';
import type { DesiredStateOf } from './desired-state-kind.ts';

const UNREPORTED = 'a.config_revision is distinct from a.config_revision_reported';

/** The settings of an agent (`config` on the wire): its discovery targets. Reported by the revision in its health. */
export const agentSettings = (box: SecretBox): DesiredStateOf<'config'> => ({
  kind: 'config',
  lagging: UNREPORTED,

  async pending(sql, agentId) {
    const { rows } = await sql.query<{ revision: number; trapPort: number }>(
      `select a.config_revision as revision, a.trap_port as "trapPort" from agent a
       where a.id = $1 and a.revoked_at is null and ${UNREPORTED}`,
      [agentId],
    );
    const wanted = rows[0];
    if (wanted === undefined) return { messages: [], published: [] };
    const targets = await sql.query<TargetRow>(
      `select id, address, port, version, username, level, can_write as "canWrite", access, poll_interval_ms as "pollIntervalMs", ordinal
       from agent_target where agent_id = $1 order by ordinal`,
      [agentId],
    );
    const config = AgentSettings.parse({
      ...wanted,
      targets: targets.rows.map((row) => openTarget(box, agentId, row)),
    });
    return { messages: [{ v: 1, kind: 'config', config }], published: [] };
  },
});
