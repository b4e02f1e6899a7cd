import { type Target, TARGET_ADDRESSES_MAX } from '@loopstart/contracts';
import { type HostRange, readAddress } from '../discovery/address-range.ts';
import type { SessionStatus } from '../session/session-context.ts';
import { accessProblem } from '../transport/snmp/access.ts';

/** An agent's targets by kind. */
export interface SortedTargets {
  /** Addresses to read, by address and port. */
  wanted: Map<string, { target: Target; address: string }>;
  /** Ranges to search, by the properties that make them the same range. */
  ranges: Map<string, { target: Target; hosts: HostRange }>;
  /** Targets that cannot be used, and why. */
  refused: SessionStatus[];
}

/**
 * Sorts targets into addresses and ranges. Of the `remembered` endpoints, those within a range are read at once,
 * without waiting for the search. Pure.
 */
export function sortTargets(targets: readonly Target[], remembered: Iterable<string>): SortedTargets {
  const sorted: SortedTargets = { wanted: new Map(), ranges: new Map(), refused: [] };
  let addresses = 0;
  for (const target of targets) {
    const spec = readAddress(target.address);
    addresses += spec.kind === 'range' ? spec.hosts.count : 1;
    const problem = spec.kind === 'refused' ? spec.reason : (tooMany(addresses) ?? accessProblem(target.access));
    if (problem !== null || spec.kind === 'refused') sorted.refused.push(refusedTarget(target, problem ?? ''));
    else if (spec.kind === 'one') want(sorted, target, spec.address);
    else sorted.ranges.set(JSON.stringify([target.address, target.port, target.access]), { target, hosts: spec.hosts });
  }
  const endpoints = [...remembered];
  for (const { target, hosts } of sorted.ranges.values()) {
    const ending = `:${target.port}`;
    for (const endpoint of endpoints) {
      const host = endpoint.endsWith(ending) ? endpoint.slice(0, -ending.length) : '';
      if (hosts.includes(host)) want(sorted, target, host);
    }
  }
  return sorted;
}

/** The first target for an address counts. */
function want({ wanted }: SortedTargets, target: Target, address: string): void {
  const key = `${address}:${target.port}`;
  if (!wanted.has(key)) wanted.set(key, { target, address });
}

function tooMany(addresses: number): string | null {
  if (addresses <= TARGET_ADDRESSES_MAX) return null;
  return `Left out: the targets before it and this one name more than ${TARGET_ADDRESSES_MAX} addresses.`;
}

function refusedTarget(target: Target, reason: string): SessionStatus {
  return {
    address: target.address,
    gatewayId: null,
    reachable: null,
    code: 'target-refused',
    reason,
    lastAnswerAt: null,
  };
}
