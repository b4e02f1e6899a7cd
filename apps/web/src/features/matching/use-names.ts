'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Names } from './match.ts';
import { channelsQuery, customerNamesQuery, peopleQuery, schedulesQuery, siteNamesQuery } from './queries.ts';

interface Named {
  items: readonly { id: string; name: string }[];
}

/** Names of customers, sites, channels, schedules and people; undefined until all are here. */
export function useNames(): Names | undefined {
  const customers = useQuery(customerNamesQuery()).data;
  const sites = useQuery(siteNamesQuery()).data;
  const channels = useQuery(channelsQuery()).data;
  const schedules = useQuery(schedulesQuery()).data;
  const people = useQuery(peopleQuery()).data;
  return useMemo(
    () => namesOf([customers, sites, channels, schedules, people]),
    [customers, sites, channels, schedules, people],
  );
}

function namesOf(lists: readonly (Named | undefined)[]): Names | undefined {
  const names = new Map<string, string>();
  for (const list of lists) {
    if (list === undefined) return undefined;
    for (const { id, name } of list.items) names.set(id, name);
  }
  return names;
}
