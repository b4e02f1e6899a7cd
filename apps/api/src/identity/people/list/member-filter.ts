import type { MemberColumn, MemberFacet, MEMBER_FACTOR, MEMBER_SEEN, MEMBER_STATUS } from '@loopstart/contracts';
import { ROLE_TABLE, ROLES, type SignInPolicy } from '@loopstart/domain';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Which members are asked for; each filter that is there has to match. */
export interface MemberFilter {
  /** Patterns that all have to match the name or the address. */
  words: readonly string[] | null;
  role?: readonly string[] | undefined;
  status?: readonly (typeof MEMBER_STATUS)[number][] | undefined;
  factor?: readonly (typeof MEMBER_FACTOR)[number][] | undefined;
  seen?: readonly (typeof MEMBER_SEEN)[number][] | undefined;
}

/** Whose members, at what time, and what the operator accepts; null: the caller may not see who has a second factor. */
export interface MemberView {
  operatorId: string;
  now: Date;
  accepts: SignInPolicy['accepts'] | null;
}

const STATUS = `case when p.removed_at is null then 'member' else 'removed' end`;
/** SQL: the title of a role, of the operator's own as well. */
const ROLE_TITLE = `case p.role ${ROLES.map((role) => `when '${role}' then '${ROLE_TABLE[role].title}'`).join(' ')} else coalesce(r.name, p.role) end`;

/** SQL over `v`: each expression that a filter, an order and a facet share stands once, in `memberRows`. */
export function memberRows(
  { operatorId, now, accepts }: MemberView,
  filter: MemberFilter,
  values: SqlValues,
): ListRows {
  const [operator, at] = [`${values.add(operatorId)}::uuid`, `${values.add(now)}::timestamptz`];
  const seen = `case when u.last_sign_in_at is null then 'never' when u.last_sign_in_at > ${at} - interval '1 day' then '24h'
    when u.last_sign_in_at > ${at} - interval '7 days' then '7d' when u.last_sign_in_at > ${at} - interval '30 days' then '30d' else 'longer' end`;
  const accepted = (['totp', 'passkey'] as const)
    .filter((kind) => accepts?.includes(kind))
    .map((kind) => `f.has_${kind}`);
  const factor =
    accepts === null
      ? 'null::text'
      : `case when ${accepted.length === 0 ? 'false' : accepted.join(' or ')} then 'accepted' when f.has_totp or f.has_passkey then 'other' else 'none' end`;
  return {
    from: `person p join app_user u on u.id = p.id left join own_role r on r.operator_id = p.operator_id and r.id::text = p.role
      join resolve_member_factors(${operator}) f on f.user_id = p.id
      cross join lateral (select ${STATUS} as status, ${ROLE_TITLE} as role_title, ${seen} as seen, ${factor} as factor) v`,
    where: allOf([
      `p.operator_id = ${operator}`,
      ...oneOf('p.role', filter.role, 'text', values),
      ...oneOf('v.status', filter.status, 'text', values),
      ...oneOf('v.factor', filter.factor, 'text', values),
      ...oneOf('v.seen', filter.seen, 'text', values),
      ...allWords(['p.name', 'p.email'], filter.words, values),
    ]),
    id: 'p.id',
  };
}

const NAME = { sql: `natural_key(p.name) collate "C"`, kind: 'text' } as const;

export const MEMBER_ORDER: ListOrder<MemberColumn> = {
  columns: {
    name: [NAME],
    email: [{ sql: `natural_key(p.email) collate "C"`, kind: 'text' }],
    role: [{ sql: `natural_key(v.role_title) collate "C"`, kind: 'text' }],
    status: [{ sql: `array_position(array['member', 'removed'], v.status)`, kind: 'integer' }],
    factor: [{ sql: `array_position(array['accepted', 'other', 'none'], v.factor)`, kind: 'integer', nullable: true }],
    seen: [{ sql: 'u.last_sign_in_at', kind: 'instant', nullable: true }],
    joined: [{ sql: 'p.created_at', kind: 'instant' }],
  },
  ties: [NAME, { sql: 'p.id', kind: 'uuid' }],
};

export const MEMBER_FACET_SQL: Readonly<Record<MemberFacet, FacetSql>> = {
  role: { value: 'p.role', label: 'v.role_title' },
  status: ownName('v.status'),
  factor: ownName('v.factor'),
  seen: ownName('v.seen'),
};
