import type { Finding } from './checks.ts';

/** An account of a line after the change. */
export interface LineAccount {
  readonly siteId: string;
  readonly gatewayId: string;
  readonly position: number;
  readonly extension: string;
  readonly isChanged: boolean;
}

/**
 * Lines of a site that register with the same account, where at least one of them is changed: the later registration
 * takes the calls of the earlier (RFC 3261 section 10.3).
 */
export function duplicateAccounts(accounts: readonly LineAccount[]): Finding[] {
  const byAccount = Map.groupBy(accounts, ({ siteId, extension }) => `${siteId} ${extension}`);
  return [...byAccount.values()]
    .filter((same) => same.length > 1 && same.some(({ isChanged }) => isChanged))
    .flatMap((same) =>
      same.map(({ gatewayId, position, extension }) => ({
        check: 'duplicate-extension' as const,
        gatewayId,
        position,
        field: 'port.extension',
        detail: `${same.length} lines of the site have the account ${extension}`,
      })),
    );
}
