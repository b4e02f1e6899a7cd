import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';

export const peopleEndpoints = {
  listPeople: endpoint({
    id: 'listPeople',
    method: 'GET',
    path: '/api/v1/people',
    permission: 'people.read',
    summary: 'List people who can be assigned or on call',
    response: z.object({ items: z.array(z.object({ id: Id, name: z.string(), email: z.string() })) }),
  }),
} as const;
