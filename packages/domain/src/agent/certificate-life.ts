const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** How long an agent's certificate is valid: a stolen one is of use for days, not months. */
export const AGENT_CERTIFICATE_MS = 7 * DAY_MS;
/** A certificate begins this long before it is issued, for peers with a slow clock. */
export const CERTIFICATE_BACKDATE_MS = 5 * MINUTE_MS;

/** Part of its life after which a certificate is renewed, and how far agents are spread around that. */
const RENEW_AFTER = 2 / 3;
const SPREAD = 1 / 15;
/** A certificate of an earlier version lives longer: such ones are renewed within this time, spread over it. */
const LONG_LIFE_MS = 2 * AGENT_CERTIFICATE_MS;
const LONG_LIFE_SPREAD_MS = DAY_MS;
/** Waits between requests without an answer: doubling, never more than a tenth of the rest of the life. */
const RETRY_MS_MIN = 5 * MINUTE_MS;
const RETRY_MS_MAX = HOUR_MS;
const RETRY_REST_SHARE = 1 / 10;

/** Validity of a certificate, ms since the epoch. */
export interface CertificateLife {
  fromMs: number;
  untilMs: number;
}

export interface RenewalFacts {
  /** Decides the agent's place in the spread, which so stays the same over restarts. */
  agentId: string;
  life: CertificateLife;
  /** Requests without an answer, and when the last of them was made. */
  tries: { count: number; lastAtMs: number | null };
  /** When the agent's process started. */
  startedAtMs: number;
  /** The cloud wants certificates that begin before this to be renewed now; null: none. */
  staleBeforeMs: number | null;
}

/** When an agent requests its next certificate. All times are the cloud's, where the agent knows them. Pure. */
export function renewalDueAt({ agentId, life, tries, startedAtMs, staleBeforeMs }: RenewalFacts): number {
  const due = firstDueAt(agentId, life, startedAtMs, staleBeforeMs);
  if (tries.count === 0 || tries.lastAtMs === null) return due;
  return Math.max(due, tries.lastAtMs + retryMs(agentId, life, tries.count, tries.lastAtMs));
}

/** When a certificate of the usual life is renewed, as far as anybody but the agent can know. Pure. */
export function plannedRenewalAt(agentId: string, { fromMs, untilMs }: CertificateLife): number {
  const share = RENEW_AFTER + (idShare(agentId) - 0.5) * SPREAD;
  return Math.round(fromMs + (untilMs - fromMs) * share);
}

function firstDueAt(agentId: string, life: CertificateLife, startedAtMs: number, staleBeforeMs: number | null): number {
  if (staleBeforeMs !== null && life.fromMs < staleBeforeMs) return life.fromMs;
  const planned = plannedRenewalAt(agentId, life);
  if (life.untilMs - life.fromMs < LONG_LIFE_MS) return planned;
  return Math.min(planned, startedAtMs + Math.round(idShare(agentId) * LONG_LIFE_SPREAD_MS));
}

function retryMs(agentId: string, life: CertificateLife, count: number, lastAtMs: number): number {
  const doubled = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(count - 1, 16));
  const spread = doubled * (0.75 + idShare(agentId) / 2);
  return Math.round(Math.max(MINUTE_MS, Math.min(spread, (life.untilMs - lastAtMs) * RETRY_REST_SHARE)));
}

/** A number from 0 to below 1 that belongs to an id: FNV-1a, its bits mixed as MurmurHash3 ends. */
export function idShare(id: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01_00_01_93);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
