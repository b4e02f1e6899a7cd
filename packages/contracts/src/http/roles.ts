import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { name } from './input-fields.ts';
import { Ownership } from './ownership.ts';
import { permission, RoleName } from './rights.ts';

/** How many lines one act may touch; null: any number. */
const maxLinesAtOnce = z.int().min(0).max(1_000_000).nullable();

export const RoleInput = z.object({
  title: name,
  permissions: z.array(permission).min(1).max(500),
  maxLinesAtOnce,
});
export type RoleInput = z.infer<typeof RoleInput>;

export const RoleView = RoleInput.extend({
  id: RoleName.describe('The name of a role of the table, or the id of an own role'),
  about: z.string().nullable().describe('Whom the role is for; null: a role of your own'),
  own: z.boolean(),
  limitedOnly: z.boolean().describe('Members of it see nothing unless they are limited to places'),
  members: z.int(),
  ...Ownership.shape,
}).meta({ id: 'Role' });
export type RoleView = z.infer<typeof RoleView>;

const role = z.object({ roleId: Id });

export const roleEndpoints = {
  listRoles: endpoint({
    id: 'listRoles',
    method: 'GET',
    path: '/api/v1/roles',
    permission: 'roles.read',
    summary: 'List roles and what each may do',
    response: z.object({
      items: z.array(RoleView),
      permissions: z.array(
        z.object({
          name: permission,
          meaning: z.string(),
          wholeOperatorOnly: z.boolean().describe('Nobody has it who is limited to places'),
        }),
      ),
    }),
  }),
  createRole: endpoint({
    id: 'createRole',
    method: 'POST',
    path: '/api/v1/roles',
    permission: 'roles.write',
    stepUp: true,
    summary: 'Create a role of your own, with no right that you lack yourself',
    body: RoleInput,
    response: RoleView,
    status: 201,
  }),
  updateRole: endpoint({
    id: 'updateRole',
    method: 'PUT',
    path: '/api/v1/roles/:roleId',
    permission: 'roles.write',
    stepUp: true,
    summary: 'Update a role of your own; its members have the new rights at once',
    params: role,
    body: RoleInput,
    response: RoleView,
  }),
  deleteRole: endpoint({
    id: 'deleteRole',
    method: 'DELETE',
    path: '/api/v1/roles/:roleId',
    permission: 'roles.write',
    stepUp: true,
    summary: 'Delete a role of your own that no member has',
    params: role,
  }),
} as const;
