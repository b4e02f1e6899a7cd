import type { endpoints } from '@loopstart/contracts';
import { likeWords } from '../../../core/http/cursor.ts';
import type { CallOf } from '../../../core/http/implements.ts';
import { refused } from '../../../core/http/refuse.ts';
import type { IncidentFilter } from './incident-filter.ts';

type Asked = Omit<CallOf<typeof endpoints.listIncidents>['query'], 'sort' | 'cursor' | 'limit' | 'from' | 'to'> &
  Pick<IncidentFilter, 'from' | 'to'>;

const NUMBER = /^#?(\d{1,9})$/;

/** The filter of a request; `me` is its caller, who is a person: nothing is assigned to a program. */
export const incidentFilter = ({ q, assignedTo, ...filter }: Asked, userId: string | null): IncidentFilter => ({
  ...filter,
  userId,
  words: likeWords(q),
  number: NUMBER.exec(q ?? '')?.[1] ?? null,
  assignedTo: assignedTo?.map((one) => (one === 'me' ? me(userId) : one)),
});

function me(userId: string | null): string {
  if (userId === null) throw refused('query.assignedTo', 'the id of a person: nothing is assigned to a token');
  return userId;
}
