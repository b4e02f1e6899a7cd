import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from './app.ts';
import { entraUser, GROUP, type ScimAnswer, type ScimBody, type ScimClient, scimClient } from './scim-client.ts';
import { connect, PUBLIC_URL } from './single-sign-on.ts';

const ROOT = '/scim/v2';
const otherwise = { role: 'read-only', limitedTo: null };
let api: TestApp;
let oak: ScimClient;
/** Directories that must not reach what the one of Oak keeps: of another operator, and of another connection of Oak. */
const others: Record<string, ScimClient> = {};
let kept: { Users: ScimBody; Groups: ScimBody };

beforeAll(async () => {
  api = await startApp({ env: { PUBLIC_URL } });
  const [owner, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  const issuer = 'https://id.example.com';
  oak = await scimClient(api, owner, (await connect(owner, issuer, { otherwise })).id);
  const second = await connect(owner, issuer, { name: 'Second', otherwise });
  others['of another connection'] = await scimClient(api, owner, second.id);
  const foreign = await connect(elm, issuer, { domains: ['elm.example.com'], otherwise });
  others['of another operator'] = await scimClient(api, elm, foreign.id);
  const user = (await oak.post('/Users', entraUser('pat@oak.example.com'))).body;
  const members = [{ value: user.id }];
  const group = { schemas: [GROUP], displayName: 'Staff', members };
  const { body } = await oak.post('/Groups', group);
  // With the group that they are in now.
  kept = { Users: (await oak.get(`/Users/${user.id}`)).body, Groups: body };
});
afterAll(() => api.close());

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route of the application below the address of SCIM, such as `GET /Users/:id`; `*` is any method. */
function routes(): string[] {
  const { router } = api.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return router.stack.flatMap(({ route }) => {
    if (route?.path.startsWith(ROOT) !== true) return [];
    const methods = Object.keys(route.methods);
    return `${methods.length === 1 ? methods[0]!.toUpperCase() : '*'} ${route.path.slice(ROOT.length)}`;
  });
}

type Kind = keyof typeof kept;
const KINDS = ['Users', 'Groups'] as const satisfies readonly Kind[];
const bodyOf = (kind: Kind, members: object[] = []) =>
  kind === 'Users'
    ? entraUser(`new-${crypto.randomUUID()}@elm.example.com`)
    : { schemas: [GROUP], displayName: `New ${crypto.randomUUID()}`, members };
const notFound = ({ status }: ScimAnswer) => expect(status).toBe(404);
const empty = ({ status, body }: ScimAnswer) => {
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toContain(kept.Users.id);
  expect(JSON.stringify(body)).not.toContain(kept.Groups.id);
};
const nobodys = ({ status }: ScimAnswer) => expect(status).toBe(200);

/** How each route is asked for what another directory keeps, and what it has to answer. */
const WALK: Record<string, (scim: ScimClient) => Promise<void>> = Object.fromEntries([
  ...KINDS.flatMap((kind): [string, (scim: ScimClient) => Promise<void>][] => {
    const one = () => `/${kind}/${kept[kind].id}`;
    return [
      [`GET /${kind}`, async (scim) => empty(await scim.get(`/${kind}`))],
      [`POST /${kind}/.search`, async (scim) => empty(await scim.post(`/${kind}/.search`, SEARCH))],
      [`GET /${kind}/:id`, async (scim) => notFound(await scim.get(one()))],
      [`PUT /${kind}/:id`, async (scim) => notFound(await scim.put(one(), bodyOf(kind)))],
      [`PATCH /${kind}/:id`, async (scim) => notFound(await scim.patch(one(), DISPLAY_NAME))],
      [`DELETE /${kind}/:id`, async (scim) => notFound(await scim.remove(one()))],
    ];
  }),
  ['POST /Users', async (scim) => empty201(await scim.post('/Users', bodyOf('Users')))],
  // A person of another directory is no member of a group.
  [
    'POST /Groups',
    async (scim) => {
      const answer = await scim.post('/Groups', bodyOf('Groups', [{ value: kept.Users.id }]));
      expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    },
  ],
  // What is not there says so, whoever asks.
  ...['', '/Bulk', '/Me'].map((path): [string, (scim: ScimClient) => Promise<void>] => [
    `* ${path}`,
    async (scim) => expect((await scim.get(path)).status).toBeGreaterThanOrEqual(400),
  ]),
  ['* /*path', async (scim) => expect((await scim.get('/nothing')).status).toBe(404)],
  ['* /Me/*path', async (scim) => expect((await scim.get('/Me/x')).status).toBeGreaterThanOrEqual(400)],
  ['GET /ServiceProviderConfig', async (scim) => nobodys(await scim.get('/ServiceProviderConfig'))],
  ['GET /ResourceTypes', async (scim) => nobodys(await scim.get('/ResourceTypes'))],
  ['GET /ResourceTypes/:id', async (scim) => nobodys(await scim.get('/ResourceTypes/User'))],
  ['GET /Schemas', async (scim) => nobodys(await scim.get('/Schemas'))],
  ['GET /Schemas/:id', async (scim) => nobodys(await scim.get(`/Schemas/${GROUP}`))],
]);
const SEARCH = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] };
const DISPLAY_NAME = [{ op: 'replace', path: 'displayName', value: 'Taken' }];
/** Of this directory, or refused because the address is of no domain of it; never of the other one. */
function empty201({ status, body }: ScimAnswer): void {
  expect([201, 400]).toContain(status);
  expect(body.id).not.toBe(kept.Users.id);
}

test('every route of SCIM is walked', () => {
  expect(routes().length).toBeGreaterThan(15);
  expect(routes().toSorted()).toEqual(Object.keys(WALK).toSorted());
});

test.for(
  ['of another operator', 'of another connection'].flatMap((whose) =>
    Object.keys(WALK).map((route) => [route, whose] as const),
  ),
)('%s by a directory %s reaches nothing that is not its own', async ([route, whose]) => {
  await WALK[route]!(others[whose]!);
});

test('after it everything is as it was', async () => {
  for (const kind of KINDS) expect((await oak.get(`/${kind}/${kept[kind].id}`)).body).toEqual(kept[kind]);
});
