/** What an operator may have at most; null: as much as it likes. */
export interface Quotas {
  /** Lines in service. */
  ports: number | null;
  /** Agents that are not revoked. */
  agents: number | null;
  storageBytes: number | null;
}

export const NO_QUOTAS: Quotas = { ports: null, agents: null, storageBytes: null };

/** Whether so much more fits. Where it is unknown how much is used, nothing is refused: absence of a figure is no proof. */
export const fitsQuota = (used: number | null, more: number, quota: number | null): boolean =>
  quota === null || used === null || used + more <= quota;

/** How much of what is used is beyond the quota; null where it is unknown. */
export function beyondQuota(used: number | null, quota: number | null): number | null {
  if (quota === null) return 0;
  return used === null ? null : Math.max(0, used - quota);
}

/**
 * How many ports of each gateway are beyond the quota: those that were registered last. `gateways` come in the order in
 * which they were registered. Nothing is dropped: these ports are watched as all others are.
 */
export function portsBeyond<T extends { ports: number }>(
  gateways: readonly T[],
  quota: number | null,
): (T & { beyond: number })[] {
  if (quota === null) return [];
  let before = 0;
  return gateways.flatMap((gateway) => {
    const beyond = Math.min(gateway.ports, Math.max(0, before + gateway.ports - quota));
    before += gateway.ports;
    return beyond > 0 ? [{ ...gateway, beyond }] : [];
  });
}
