'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { type FoundGroup, foundGroups } from './results.ts';

const TYPING_MS = 180;
const EACH = 5;

/** Searches ports, gateways, sites, customers and incidents at once, shortly after typing stops. */
export function useSearch(text: string): { groups: FoundGroup[]; searching: boolean; failed: boolean } {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);

  const options = { enabled: asked !== '', placeholderData: keepPreviousData, staleTime: 30_000 };
  const input = { query: { q: asked, limit: EACH } };
  const ports = useQuery({ ...query('listPorts', input), ...options });
  const gateways = useQuery({ ...query('listGateways', input), ...options });
  const sites = useQuery({ ...query('listSites', input), ...options });
  const customers = useQuery({ ...query('listCustomers', input), ...options });
  const incidents = useQuery({
    ...query('listIncidents', { query: { ...input.query, attention: 'all' } }),
    ...options,
  });
  const all = [ports, gateways, sites, customers, incidents];

  if (asked === '' || text.trim() === '') return { groups: [], searching: text.trim() !== '', failed: false };
  return {
    groups: foundGroups(asked, {
      ports: ports.data,
      gateways: gateways.data,
      sites: sites.data,
      customers: customers.data,
      incidents: incidents.data,
    }),
    searching: asked !== text.trim() || all.some((result) => result.isFetching),
    failed: all.every((result) => result.isError),
  };
}
