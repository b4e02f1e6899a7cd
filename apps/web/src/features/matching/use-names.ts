'use client';

import { useQueries } from '@tanstack/react-query';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import type { Match, Names } from './match.ts';
import { channelsQuery, peopleQuery, schedulesQuery } from './queries.ts';

/**
 * Names of all channels, schedules and people, and of the customers and sites that `matches` name; undefined until all
 * are here.
 */
export function useNames(matches: readonly Pick<Match, 'customerIds' | 'siteIds'>[] = []): Names | undefined {
  const channels = useQuery(channelsQuery()).data;
  const schedules = useQuery(schedulesQuery()).data;
  const people = useQuery(peopleQuery()).data;
  const unique = (ids: (string[] | undefined)[]) => [...new Set(ids.flatMap((some) => some ?? []))];
  const customers = useQueries({
    queries: unique(matches.map((match) => match.customerIds)).map((customerId) =>
      query('getCustomer', { params: { customerId } }),
    ),
  });
  const sites = useQueries({
    queries: unique(matches.map((match) => match.siteIds)).map((siteId) => query('getSite', { params: { siteId } })),
  });
  if (channels === undefined || schedules === undefined || people === undefined) return undefined;
  // What cannot be fetched is gone, and a sentence says so.
  if ([...customers, ...sites].some((one) => one.isPending)) return undefined;
  const named: readonly { id: string; name: string }[] = [
    ...channels.items,
    ...schedules.items,
    ...people.items,
    ...[...customers, ...sites].flatMap((one) => one.data ?? []),
  ];
  return new Map(named.map(({ id, name }) => [id, name]));
}
