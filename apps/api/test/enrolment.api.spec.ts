import { createHash, X509Certificate } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { asOwner } from './postgres.ts';
import { makeCsr, makeForgedCsr, P521, RSA_2048 } from './pki.ts';

let api: TestApp;
let oak: TestOperator;
let siteId: string;
let now = Date.now();

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  oak = await api.operator('Oak');
  const customer = await oak.technician(endpoints.createCustomer, { body: { name: 'Harbour Care' } });
  const site = await oak.technician(endpoints.createSite, {
    body: { customerId: customer.id, name: 'North House', timeZone: 'Europe/London' },
  });
  siteId = site.id;
});
afterAll(() => api.close());

const newToken = async () => (await oak.technician(endpoints.createEnrolmentToken, { params: { siteId } })).token;
const enrol = (token: string, csrPem: string) =>
  api.anonymous(endpoints.enrolAgent, { body: { token, csrPem, hostname: 'north-1', version: '1.0.0' } });
const agents = async () => (await oak.viewer(endpoints.listAgents, { query: { siteId } })).total;

describe('enrolment', () => {
  test('a token buys a certificate that the CA vouches for', async () => {
    const { csrPem, key } = await makeCsr();
    const answer = await enrol(await newToken(), csrPem);
    const certificate = new X509Certificate(answer.certificatePem);
    const ca = new X509Certificate(answer.caPem);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.subject).toBe(`CN=${answer.agentId}`);
    expect(Math.round((certificate.validToDate.getTime() - now) / 3_600_000)).toBe(7 * 24);
    expect(answer).toMatchObject({ siteId, config: { revision: 0, targets: [] } });
    const agent = await oak.viewer(endpoints.getAgent, { params: { agentId: answer.agentId } });
    expect(agent).toMatchObject({ hostname: 'north-1', state: 'never-connected' });
    expect(agent.certificateExpiresAt).toBe(certificate.validToDate.toISOString());
  });

  test('the install command names the CA that anybody can fetch', async () => {
    const { installCommand } = await oak.technician(endpoints.createEnrolmentToken, { params: { siteId } });
    const ca = await (await fetch(`${api.url}/api/v1/pki/ca.pem`)).text();
    const fingerprint = createHash('sha256').update(new X509Certificate(ca).raw).digest('hex');
    expect(installCommand).toContain(`--ca-sha256 ${fingerprint}`);
    expect(installCommand).toMatch(/^curl -fsSL http\S+\/install\.sh \| sudo sh -s -- /);
  });

  test('of many that use one token at once exactly one wins', async () => {
    const token = await newToken();
    const before = await agents();
    const { csrPem } = await makeCsr();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => enrol(token, csrPem)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ problem: { code: 'token-used', status: 409 } });
    }
    expect(await agents()).toBe(before + 1);
  });

  test('a token nobody made is unknown', async () => {
    const { csrPem } = await makeCsr();
    expect(await problemOf(enrol('x'.repeat(43), csrPem))).toMatchObject({ code: 'token-unknown', status: 404 });
  });

  test.for([
    ['an RSA key of 2048 bits', async () => (await makeCsr(RSA_2048)).csrPem, 'at least 3072 bits'],
    ['another curve', async () => (await makeCsr(P521)).csrPem, 'P-256 or P-384'],
    ['a signature by another key', makeForgedCsr, 'does not fit its key'],
    ['text that is no request', () => Promise.resolve('x'.repeat(200)), 'not a certificate request'],
  ] as const)('%s is refused, and the token can still be used', async ([, makeBad, expected]) => {
    const token = await newToken();
    const good = await makeCsr();
    const bad = await makeBad();
    const problem = await problemOf(enrol(token, bad));
    expect(problem).toMatchObject({ code: 'invalid-input', fields: [{ path: 'body.csrPem' }] });
    expect(problem.detail).toContain(expected);
    expect((await enrol(token, good.csrPem)).siteId).toBe(siteId);
  });

  test('the token itself is nowhere in the database', async () => {
    const token = await newToken();
    const rows = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query('select count(*)::int as n from enrolment_token where token_hash = $1', [Buffer.from(token)]),
    );
    expect(rows.rows[0].n).toBe(0);
  });

  test('a site of another operator gets no token', async () => {
    const elm = await api.operator('Elm');
    const problem = await problemOf(elm.technician(endpoints.createEnrolmentToken, { params: { siteId } }));
    expect(problem.code).toBe('not-found');
  });

  test('a token is good for 24 hours', async () => {
    const token = await newToken();
    const { csrPem } = await makeCsr();
    now += 24 * 3_600_000;
    expect(await problemOf(enrol(token, csrPem))).toMatchObject({ code: 'token-expired', status: 410 });
  });
});
