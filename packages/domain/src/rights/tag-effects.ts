import type { Places } from './places.ts';

/** What decides who sees a site. */
export interface SitePlace {
  siteId: string;
  customerId: string;
  tags: readonly string[];
}

/** Whether someone with this limit sees a site; null is everywhere. The row policy of sites says the same in SQL. */
export const seesSite = (limitedTo: Places | null, { siteId, customerId, tags }: SitePlace): boolean =>
  limitedTo === null ||
  limitedTo.customerIds.includes(customerId) ||
  limitedTo.siteIds.includes(siteId) ||
  limitedTo.tags.some((tag) => tags.includes(tag));

/** How many of these limits lose a site, and how many get it, when its tags change. */
export function tagEffects(
  site: SitePlace,
  tags: readonly string[],
  limits: readonly (Places | null)[],
): { losing: number; gaining: number } {
  const changes = limits.map((limit) => [seesSite(limit, site), seesSite(limit, { ...site, tags })] as const);
  return {
    losing: changes.filter(([before, after]) => before && !after).length,
    gaining: changes.filter(([before, after]) => !before && after).length,
  };
}
