import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DomainProofs } from '../src/identity/sso/domains/domain-proofs.service.ts';
import { problemOf, proveAgain, startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf } from './ingest.ts';
import { connectionBody } from './single-sign-on.ts';
import { TXT } from './txt-records.ts';

const DAY_MS = 86_400_000;
let nowMs = Date.now();
let api: TestApp;
let oak: TestOperator;
let domain: string;
let number = 0;

beforeAll(async () => {
  api = await startApp({ env: { DEMO_MAILBOX: 'on', LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' }, clock: () => nowMs });
});
afterAll(() => api.close());
beforeEach(async () => {
  oak = await api.operator('Oak');
  domain = `proof-${(number += 1)}.example.com`;
  await add(oak);
});

const add = async (by: TestOperator, domains = [domain]) => {
  await proveAgain(by.admin);
  return by.admin(endpoints.createSsoConnection, {
    body: connectionBody('http://127.0.0.1:9', { name: `ID ${crypto.randomUUID()}`, domains }),
  });
};
const of = async (by = oak) =>
  (await by.admin(endpoints.getSingleSignOn)).domains.find((one) => one.domain === domain)!;
const check = (by = oak) => by.admin(endpoints.checkSsoDomain, { params: { domain } });
const offered = async () =>
  (await api.anonymous(endpoints.findSignOn, { body: { email: `ada@${domain}` } })).items.length;
const daily = () => api.app.get(DomainProofs, { strict: false }).checkDue();
const mails = async () => (await oak.admin(endpoints.listMailbox)).items.map(({ subject }) => subject);
/** The day after, signed in anew where the session has ended. */
async function nextDay(): Promise<void> {
  nowMs += DAY_MS;
  await daily();
}
const keepSessions = () =>
  rowsOf(api.database.ownerUrl, `update session set expires_at = '2100-01-01'`).then(() => undefined);

describe('a domain', () => {
  test('is offered once its record was seen, and not by an answer that did not come', async () => {
    expect(await of()).toMatchObject({ state: 'pending', counts: false, lastLookup: null });
    expect(await offered()).toBe(0);
    expect(await check()).toMatchObject({ state: 'pending', lastLookup: 'no-answer' });
    TXT.set(domain, ['v=spf1 -all', 'loopstart-verification=wrong']);
    expect(await check()).toMatchObject({ state: 'pending', lastLookup: 'absent' });
    TXT.set(domain, ['v=spf1 -all', (await of()).record]);
    expect(await check()).toMatchObject({ state: 'proven', counts: true, countsUntil: null });
    expect(await offered()).toBe(1);
    expect((await oak.admin(endpoints.listAudit)).items[0]).toMatchObject({ verb: 'prove-domain' });
  });

  test('is demanded before single sign-on is', async () => {
    const demand = () => oak.admin(endpoints.setSingleSignOnPolicy, { body: { required: true } });
    expect(await problemOf(demand())).toMatchObject({ status: 400, fields: [{ path: 'body.required' }] });
    TXT.set(domain, [(await of()).record]);
    await check();
    expect(await demand()).toEqual({ required: true });
  });

  test('has one owner among operators', async () => {
    const elm = await api.operator('Elm');
    await add(elm);
    TXT.set(domain, [(await of()).record, (await of(elm)).record]);
    const outcomes = await Promise.all([check(), check(elm)]);
    expect(outcomes.map(({ state }) => state).toSorted()).toEqual(['pending', 'proven']);
    const [late] = outcomes[0].state === 'pending' ? [oak] : [elm];
    expect(await of(late)).toMatchObject({ isTaken: true, counts: false });
    expect(await offered()).toBe(1);
  });

  test('of another operator, or of no connection, is not there to check', async () => {
    const elm = await api.operator('Elm');
    expect((await problemOf(check(elm))).code).toBe('not-found');
  });

  test('is forgotten with the last connection that names it', async () => {
    const { connections } = await oak.admin(endpoints.getSingleSignOn);
    await oak.admin(endpoints.deleteSsoConnection, { params: { connectionId: connections[0]!.id } });
    expect((await oak.admin(endpoints.getSingleSignOn)).domains).toEqual([]);
  });

  test('is lost after a week without its record, of which owners are notified; silence of DNS loses nothing', async () => {
    await keepSessions();
    TXT.set(domain, [(await of()).record]);
    await check();
    TXT.set(domain, null);
    for (let day = 0; day < 10; day += 1) await nextDay();
    expect(await of()).toMatchObject({ state: 'proven', counts: true, lastLookup: 'no-answer' });
    TXT.set(domain, []);
    await nextDay();
    expect(await of()).toMatchObject({ state: 'proven', counts: true, countsUntil: expect.any(String) });
    expect(await mails()).toContain(`The record of ${domain} for single sign-on is missing`);
    for (let day = 0; day < 6; day += 1) await nextDay();
    expect(await offered()).toBe(1);
    await nextDay();
    expect(await of()).toMatchObject({ state: 'lost', counts: false });
    expect(await offered()).toBe(0);
    expect(await mails()).toContain(`Single sign-on is not offered to ${domain} any more`);
    expect((await oak.admin(endpoints.listAudit)).items[0]).toMatchObject({ verb: 'lose-domain' });
  });

  test('of before proofs counts until its grace ends, and its owners are notified once', async () => {
    await keepSessions();
    const until = new Date(nowMs + 5 * DAY_MS).toISOString();
    await rowsOf(
      api.database.ownerUrl,
      `update sso_domain set counts_until = '${until}', check_due_at = now() where domain = '${domain}'`,
    );
    TXT.set(domain, []);
    expect(await offered()).toBe(1);
    for (let day = 0; day < 4; day += 1) await nextDay();
    expect((await mails()).filter((one) => one.startsWith(`Prove that ${domain}`))).toHaveLength(1);
    expect(await offered()).toBe(1);
    nowMs += DAY_MS;
    expect(await offered()).toBe(0);
  });
});
