import { type AgentTargetsInput, SnmpAccess, type Target, targetMoved, type TargetView } from '@loopstart/contracts';
import type { z } from 'zod';
import { ProblemError } from '../../core/http/problem-error.ts';
import type { SecretBox } from '../../core/secret/secret-box.ts';

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

/** The context that a sealed access is bound to, so that it opens nowhere else. */
const context = (agentId: string, targetId: string): string => `agent-target/${agentId}/${targetId}`;

/**
 * Rows for a new list of targets. A target without `access` keeps the stored one where its address is unchanged. Throws
 * `invalid-input` naming the invalid target.
 */
export function toRows(
  box: SecretBox,
  agentId: string,
  targets: readonly Input[],
  stored: ReadonlyMap<string, TargetRow>,
): TargetRow[] {
  const seen = new Set<string>();
  return targets.map((target, ordinal) => {
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
      return { ...before, id, address, port, pollIntervalMs, ordinal };
    }
    return {
      id,
      address,
      port,
      pollIntervalMs,
      ordinal,
      ...summary(target.access),
      access: new Uint8Array(box.seal(JSON.stringify(target.access), context(agentId, id))),
    };
  });
}

/** A stored target with its secrets, for the agent alone. */
export function openTarget(box: SecretBox, agentId: string, row: TargetRow): Target {
  const access = SnmpAccess.parse(JSON.parse(box.open(row.access, context(agentId, row.id))));
  return { id: row.id, address: row.address, port: row.port, access, pollIntervalMs: row.pollIntervalMs };
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
