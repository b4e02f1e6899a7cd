import { PlacesOf } from '@loopstart/contracts';
import { limitedRights, limitOf, type Places, type Rights, rightsOf } from '@loopstart/domain';
import { type Scope, wholeOperator } from '../db/scope.ts';

/** What `resolve_grant` answers for a member, and a table of tokens or invitations may store: a role and where it holds. */
export interface GrantRow {
  role: string;
  /** Of a role of the operator's own; null for a role of the table. */
  own_role_name: string | null;
  own_role_permissions: string[] | null;
  own_role_max_lines: number | null;
  limited_to: unknown;
}

/** What someone may do, and where. */
export interface Grant {
  rights: Rights;
  /** Null: in the whole operator. */
  limitedTo: Places | null;
}

/** The grant of a stored role; null where there is no such role (any more), or its places cannot be read. */
export function grantOf(row: GrantRow): Grant | null {
  const own =
    row.own_role_name === null
      ? null
      : {
          title: row.own_role_name,
          permissions: row.own_role_permissions ?? [],
          maxLinesAtOnce: row.own_role_max_lines,
        };
  const rights = rightsOf(row.role, own);
  const places = row.limited_to === null ? { success: true as const, data: null } : PlacesOf.safeParse(row.limited_to);
  if (rights === null || !places.success) return null;
  const limitedTo = limitOf(rights, places.data);
  return { rights: limitedTo === null ? rights : limitedRights(rights), limitedTo };
}

/** The rows that someone with this grant sees and writes in an operator, and those of their own account. */
export const scopeOf = (operatorId: string, { limitedTo }: Pick<Grant, 'limitedTo'>, accountId: string): Scope =>
  wholeOperator(operatorId).as(accountId).limited(limitedTo);
