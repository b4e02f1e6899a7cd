import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { name } from './input-fields.ts';

/** The operator for which the caller works. */
export const Organisation = z.object({ id: Id, name: z.string(), createdAt: Instant });
export type Organisation = z.output<typeof Organisation>;

export const organisationEndpoints = {
  getOrganisation: endpoint({
    id: 'getOrganisation',
    method: 'GET',
    path: '/api/v1/organisation',
    permission: 'overview.read',
    summary: 'Get the operator for which you work',
    response: Organisation,
  }),
  updateOrganisation: endpoint({
    id: 'updateOrganisation',
    method: 'PATCH',
    path: '/api/v1/organisation',
    permission: 'organisation.write',
    summary: 'Rename the operator for which you work',
    body: z.object({ name }),
    response: Organisation,
  }),
} as const;
