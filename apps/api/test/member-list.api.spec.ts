import { endpoints, type Member, MEMBER_COLUMNS, MEMBER_FACETS } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf } from './ingest.ts';
import { checkList } from './list-checks.ts';
import { plantMember } from './people.ts';
import { asOwner } from './postgres.ts';

const NOW = Date.UTC(2026, 11, 5, 12);
const DAY_MS = 86_400_000;
const SINCE_DAYS = [0.1, 3, 20, 90, null];
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  await asOwner(api.database.ownerUrl, async (sql) => {
    for (let index = 0; index < 25; index += 1) {
      const name = `Person ${index % 7} ${index % 3 === 0 ? 'Harbour' : 'Hill'} ${index}`;
      const role = ['technician', 'read-only', 'administrator'][index % 3]!;
      const { accountId, userId } = await plantMember(sql, {
        operatorId: oak.operatorId,
        email: `p${index}@oak.example.com`,
        name,
        role,
        passwordHash: null,
      });
      const days = SINCE_DAYS[index % SINCE_DAYS.length]!;
      await sql.query('update app_user set last_sign_in_at = $2, removed_at = $3 where id = $1', [
        userId,
        days === null ? null : new Date(NOW - days * DAY_MS - index * 1000),
        index % 6 === 5 ? new Date(NOW) : null,
      ]);
      if (index % 4 === 1)
        await sql.query(
          `insert into account_totp (id, account_id, name, secret, created_at, confirmed_at) values (gen_random_uuid(), $1, 'Phone', '\\x00', now(), now())`,
          [accountId],
        );
    }
  });
});
afterAll(() => api.close());

const rank = (of: readonly string[], value: string | null) => (value === null ? null : of.indexOf(value));

checkList<Member, (typeof MEMBER_COLUMNS)[number], (typeof MEMBER_FACETS)[number]>(
  'members',
  () => ({
    list: (query) => oak.admin(endpoints.listMembers, { query }),
    facet: (query) => oak.admin(endpoints.getMemberFacet, { query }),
    export: (query) => oak.admin(endpoints.exportMembers, { query }),
    // Every operator has members: of this name there are none.
    elsewhere: (query) => elm.admin(endpoints.listMembers, { query: { ...query, q: 'Person' } }),
    sorted: {
      name: (row) => row.name,
      email: (row) => row.email,
      role: (row) => row.roleTitle,
      status: (row) => (row.removedAt === null ? 0 : 1),
      factor: (row) => rank(['accepted', 'other', 'none'], row.factor),
      seen: (row) => row.lastSignInAt,
      joined: (row) => row.joinedAt,
    },
    facets: MEMBER_FACETS,
    word: 'harbour',
    narrowed: { seen: ['7d', 'never'] },
    misunderstood: { query: { factor: ['strong'] }, path: 'query.factor.0' },
    change: async (id) => {
      await rowsOf(
        api.database.ownerUrl,
        `update account set name = 'Aa ' || name where id = (select account_id from app_user where id = '${id}')`,
      );
    },
  }),
  { columns: MEMBER_COLUMNS, facets: MEMBER_FACETS },
);

test('a factor is accepted where the policy says so, and is not shown to who may not see the policy', async () => {
  const counts = async () =>
    Object.fromEntries(
      (await oak.admin(endpoints.getMemberFacet, { query: { facet: 'factor' } })).values.map((one) => [
        one.value,
        one.count,
      ]),
    );
  expect(await counts()).toEqual({ accepted: 6, none: 22 });
  await rowsOf(
    api.database.ownerUrl,
    `insert into sign_in_policy (operator_id, required_for, roles, sso_counts, accepts, session_hours, networks, role_networks, updated_at)
     values ('${oak.operatorId}', 'nobody', '{}', true, '{passkey}', 12, '{}', '[]', now())`,
  );
  expect(await counts()).toEqual({ other: 6, none: 22 });
  await rowsOf(
    api.database.ownerUrl,
    `insert into own_role (id, operator_id, name, permissions)
     values ('0f6d8f58-3f0e-4c0e-9f0c-5b6f4a0c7a11', '${oak.operatorId}', 'Desk', '{members.read}')`,
  );
  const desk = await api.member(oak.operatorId, '0f6d8f58-3f0e-4c0e-9f0c-5b6f4a0c7a11');
  const { items } = await desk(endpoints.listMembers);
  expect(items.every(({ factor }) => factor === null)).toBe(true);
  expect((await desk(endpoints.listMembers, { query: { factor: ['none'] } })).items).toEqual([]);
  expect((await desk(endpoints.getMemberFacet, { query: { facet: 'factor' } })).values).toEqual([]);
});
