'use client';

import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { foundNote } from './found.ts';
import { t as common } from '../../messages/common.ts';

export type SubjectKind = 'customer' | 'site' | 'gateway';
type Word = readonly [id: string, word: string];

const TYPING_MS = 200;
/** As many as somebody reads before typing more. */
const SHOWN_MAX = 50;
const STALE_MS = 60_000;

interface Subject {
  id: string;
  name: string;
  customer?: { name: string };
  site?: { name: string };
}

/** The name, and where it is: names repeat from customer to customer. */
function wordOf({ name, site, customer }: Subject): string {
  const where = site?.name ?? customer?.name;
  return where === undefined ? name : `${name} (${where})`;
}

/** Customers, sites or gateways by part of their name, found by the API while it is typed. */
export function useSubjects(kind: SubjectKind) {
  const [find, setFind] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(find.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [find]);
  const input = { query: { limit: SHOWN_MAX, ...(asked === '' ? {} : { q: asked }) } };
  const options = { placeholderData: keepPreviousData, staleTime: STALE_MS };
  const customers = useQuery({ ...query('listCustomers', input), ...options, enabled: kind === 'customer' });
  const sites = useQuery({ ...query('listSites', input), ...options, enabled: kind === 'site' });
  const gateways = useQuery({ ...query('listGateways', input), ...options, enabled: kind === 'gateway' });
  const { data, isError } = { customer: customers, site: sites, gateway: gateways }[kind];
  const items: readonly Subject[] = data?.items ?? [];
  return {
    find,
    onFind: setFind,
    options: items.map((one): Word => [one.id, wordOf(one)]),
    note: foundNote(data && { shown: items.length, total: data.total }, isError),
  };
}

/** Names of customers, sites or gateways by their ids; undefined for what is not here yet. */
export function useSubjectWords(kind: SubjectKind, ids: readonly string[]): (id: string) => string | undefined {
  const found = useQueries({
    queries: ids.map((id) => ({ ...subjectQuery(kind, id), staleTime: STALE_MS })),
  });
  return (id) => {
    const one = found[ids.indexOf(id)];
    if (one?.data !== undefined) return wordOf(one.data as Subject);
    return one?.isError === true ? common('removed') : undefined;
  };
}

function subjectQuery(kind: SubjectKind, id: string) {
  switch (kind) {
    case 'customer':
      return { ...query('getCustomer', { params: { customerId: id } }) };
    case 'site':
      return { ...query('getSite', { params: { siteId: id } }) };
    case 'gateway':
      return { ...query('getGateway', { params: { gatewayId: id } }) };
  }
}
