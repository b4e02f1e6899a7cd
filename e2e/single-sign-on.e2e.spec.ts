import { endpoints, SCIM_USER_SCHEMA } from '@loopstart/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENT, IdentityProvider } from '../apps/api/test/identity-provider.ts';
import { axeViolations, DESKTOP, hasChromium, launchBrowser, openLive, PHONE, signIn } from './lib/browser.ts';
import { portsOf } from './lib/ports.ts';
import { describeSecondFactor } from './lib/second-factor.ts';
import { type Stack, startStack } from './lib/stack.ts';

const EMAIL = 'pat@oak.example.com';
let stack: Stack;
let browser: Browser;
let provider: IdentityProvider;

describe.skipIf(!hasChromium)('who signs in, and how', () => {
  beforeAll(async () => {
    provider = await IdentityProvider.start();
    provider.person = { sub: 'pat', email: EMAIL, email_verified: true, name: 'Pat Moor', groups: ['field'] };
    stack = await startStack(portsOf('single-sign-on'), {
      demo: false,
      env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' },
    });
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    stack?.removeData();
    await provider?.stop();
  });

  /** As their TXT records would: domains of tests are in no DNS. */
  async function proveDomains(): Promise<void> {
    const sql = await stack.database();
    await sql.query(`update sso_domain set state = 'proven', since = now()`);
    await sql.end();
  }
  const pageOf = async (size = DESKTOP): Promise<Page> => (await browser.newContext({ viewport: size })).newPage();

  test('an owner adds a connection and tests it; a person signs in by it, with the role of their group', async () => {
    const page = await pageOf();
    await signIn(page, stack);
    await openLive(page, `${stack.webUrl}/settings/single-sign-on`);
    await page.getByText('No connections yet').waitFor();
    await page.getByRole('button', { name: 'Add a connection' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Oak ID');
    await page.getByLabel('Issuer').fill(provider.issuer);
    await page.getByLabel('Client id').fill(CLIENT.id);
    await page.getByLabel('Client secret').fill(CLIENT.secret);
    await page.getByLabel('Domains of e-mail addresses').fill('oak.example.com');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByLabel('Group 1', { exact: true }).fill('field');
    await page.getByLabel('Role of group 1').selectOption({ label: 'Technician' });
    await page.getByLabel('People become members by signing in').check();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Oak ID On' }).waitFor();

    const api = await stack.api();
    const { connections } = await api.call(endpoints.getSingleSignOn);
    provider.serve([connections[0]!.redirectUri]);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('It takes client id and secret.').waitFor();
    expect(await page.getByText('Passed', { exact: true }).count()).toBe(4);
    expect(await axeViolations(page)).toEqual([]);

    await proveDomains();

    const visitor = await pageOf(PHONE);
    await visitor.goto(`${stack.webUrl}/sign-in?next=/gateways`);
    await visitor.getByLabel(/e-?mail/i).fill(EMAIL);
    await visitor.getByLabel(/e-?mail/i).blur();
    const offer = visitor.getByRole('button', { name: 'Sign in with Oak ID' });
    await offer.waitFor();
    expect(await axeViolations(visitor)).toEqual([]);
    await offer.click();
    await visitor.waitForURL(`${stack.webUrl}/gateways`);
    const cookies = await visitor.context().cookies();
    expect(cookies.find(({ name }) => name.endsWith('loopstart_session'))).toMatchObject({ httpOnly: true });

    await page.reload();
    await page.getByText('Linked members').waitFor();
    const { connections: after } = await api.call(endpoints.getSingleSignOn);
    expect(after[0]).toMatchObject({ linked: 1 });
  }, 120_000);

  test('who is refused reads why', async () => {
    provider.person = { sub: 'other', email: 'other@oak.example.com', email_verified: false, groups: ['field'] };
    const visitor = await pageOf();
    await visitor.goto(`${stack.webUrl}/sign-in`);
    await visitor.getByLabel(/e-?mail/i).fill('other@oak.example.com');
    await visitor.getByLabel(/e-?mail/i).blur();
    await visitor.getByRole('button', { name: 'Sign in with Oak ID' }).click();
    await visitor.getByText('The identity provider has not verified your e-mail address.').waitFor();
    expect(await axeViolations(visitor)).toEqual([]);
  }, 60_000);

  test('an owner makes a token for the directory, which sends people through the console', async () => {
    const page = await pageOf();
    await signIn(page, stack);
    await openLive(page, `${stack.webUrl}/settings/single-sign-on`);
    await page.getByText('No tokens yet').waitFor();
    await page.getByRole('button', { name: 'Create a token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Entra ID');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Create a token' }).click();
    const secret = await page.getByRole('alertdialog').getByText(/^lsp_/).textContent();
    await page.getByRole('button', { name: 'I have stored it' }).click();
    const email = 'sam@oak.example.com';
    const sent = await fetch(`${stack.webUrl}/scim/v2/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: [SCIM_USER_SCHEMA], userName: email, emails: [{ value: email, primary: true }] }),
    });
    expect([sent.status, sent.headers.get('content-type')]).toEqual([201, 'application/scim+json; charset=utf-8']);
    await page.reload();
    await page.getByText(email).waitFor();
    await page.getByText('The directory has sent no groups yet.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  }, 120_000);

  test('an owner is told to link themselves, and links themselves in their profile', async () => {
    const page = await pageOf();
    await signIn(page, stack);
    const api = await stack.api();
    const { connections } = await api.call(endpoints.getSingleSignOn);
    const { id, redirectUri: _, linked: __, lastSignInAt: ___, updatedAt: ____, ...settings } = connections[0]!;
    const domains = [...settings.domains, stack.email.split('@')[1]!];
    await api.call(endpoints.updateSsoConnection, {
      params: { connectionId: id },
      body: { ...settings, domains, otherwise: { role: 'owner', limitedTo: null } },
    });
    await proveDomains();
    provider.person = { sub: 'owner', email: stack.email, email_verified: true, groups: [] };
    await openLive(page, `${stack.webUrl}/settings/profile`);
    await page.getByRole('button', { name: 'Link to Oak ID' }).click();
    await page.getByText('Your account is linked.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  }, 60_000);

  // Last: from then on everybody here has to show a code.
  describeSecondFactor(() => ({ browser, stack }));
});
