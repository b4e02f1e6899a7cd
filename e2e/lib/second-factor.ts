import { endpoints } from '@loopstart/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { codeOf } from '../../apps/api/test/totp.ts';
import { axeViolations, DESKTOP, openLive, PHONE, pageFaults, signIn } from './browser.ts';
import type { Stack } from './stack.ts';

const EMAIL = 'tess@oak.example.com';
const PASSWORD = 'eleven brown kettles';
const PATIENCE_MS = 30_000;

/** Adds an authenticator app from the page that asks for it. Returns its key and the recovery codes. */
async function enrol(page: Page): Promise<{ key: string; recoveryCodes: string[] }> {
  await page.getByRole('heading', { name: 'Add a second factor' }).waitFor({ timeout: PATIENCE_MS });
  expect(await axeViolations(page)).toEqual([]);
  return addApp(page);
}

/** The same from any page that has the button. */
async function addApp(page: Page): Promise<{ key: string; recoveryCodes: string[] }> {
  await page.getByRole('button', { name: 'Add authenticator app' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Code', { exact: true }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const key = (await dialog.locator('code').textContent()) ?? '';
  await dialog.getByLabel('Code', { exact: true }).fill('000000');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.getByText(/the code that your authenticator app shows now/).waitFor();
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(key));
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const recoveryCodes = ((await page.locator('code').textContent()) ?? '').split('\n');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  return { key, recoveryCodes };
}

/** A device of this page that makes and shows passkeys, and is unlocked at once (Chrome DevTools Protocol, WebAuthn). */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** A second factor for everybody, and a technician who is invited to one customer. Leaves the policy as it sets it. */
export function describeSecondFactor(get: () => { browser: Browser; stack: Stack }): void {
  describe('a second factor of everybody', () => {
    let link = '';
    let recoveryCodes: string[] = [];
    const visitor = (size = DESKTOP): Promise<BrowserContext> => {
      const context = get().browser.newContext({ viewport: size, reducedMotion: 'reduce' });
      void context.then((made) =>
        made.on('weberror', (thrown) => pageFaults.push(`${thrown.page()?.url() ?? ''}: ${thrown.error().message}`)),
      );
      return context;
    };

    test('is required by an owner, who adds their own, and invites a technician to one customer', async () => {
      const { stack } = get();
      const { call } = await stack.api();
      for (const name of ['Oak Care', 'Elm Stores']) await call(endpoints.createCustomer, { body: { name } });
      const page = await (await visitor()).newPage();
      await signIn(page, stack);
      const requireOfAll = async () => {
        await openLive(page, `${stack.webUrl}/settings/security`);
        await page.getByLabel('Required of').selectOption({ label: 'Everybody' });
        await page.getByRole('button', { name: 'Save' }).click();
      };
      await requireOfAll();
      await page.getByText(/a factor of your own first/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await openLive(page, `${stack.webUrl}/settings/profile`);
      await addApp(page);
      await requireOfAll();
      await page.getByText('The policy holds now.').waitFor();
      await openLive(page, `${stack.webUrl}/settings/people`);

      await page.getByRole('button', { name: 'Invite a person' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('E-mail').fill(EMAIL);
      await dialog.getByRole('button', { name: /^Only these customers/ }).click();
      await dialog.getByRole('checkbox', { name: 'Oak Care' }).check();
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
      link = (await page.getByRole('alertdialog').locator('code').textContent()) ?? '';
      expect(link).toContain('/invitation#');
      await page.context().close();
    });

    test('is added by the technician, who sees that customer and no other', async () => {
      const { stack } = get();
      const page = await (await visitor(PHONE)).newPage();
      await page.goto(link);
      await page.getByLabel('Your name').fill('Tess Nicholls');
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Accept and sign in' }).click();
      ({ recoveryCodes } = await enrol(page));
      await page.goto(`${stack.webUrl}/customers`);
      await page.getByRole('link', { name: 'Oak Care' }).waitFor();
      expect(await page.getByText('Elm Stores').count()).toBe(0);
      await page.context().close();
    });

    test('is asked for at the next sign-in, where a recovery code takes the place of the app, once', async () => {
      const { stack } = get();
      for (const [times, works] of [
        [1, true],
        [2, false],
      ] as const) {
        const page = await (await visitor()).newPage();
        await page.goto(`${stack.webUrl}/sign-in`);
        await page.getByLabel(/e-?mail/i).fill(EMAIL);
        await page.getByLabel(/^password/i).fill(PASSWORD);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.getByText('Your password is right.').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Use a recovery code' }).click();
        await page.getByLabel('Recovery code').fill(recoveryCodes[0]!);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        if (works) await page.getByRole('navigation').getByRole('link', { name: 'Customers' }).waitFor();
        else await page.getByText(/that was not used yet/).waitFor();
        expect(new URL(page.url()).pathname, `use ${times}`).toBe(works ? '/' : '/sign-in');
        await page.context().close();
      }
    });

    test('can be a passkey: added on the profile page, it signs in alone, and after the password', async () => {
      const { stack } = get();
      const page = await (await visitor()).newPage();
      await addAuthenticator(page);
      const password = async () => {
        await page.goto(`${stack.webUrl}/sign-in`);
        await page.getByLabel(/e-?mail/i).fill(EMAIL);
        await page.getByLabel(/^password/i).fill(PASSWORD);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      };
      const isIn = () => page.getByRole('navigation').getByRole('link', { name: 'Customers' }).waitFor();
      await password();
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await page.getByLabel('Recovery code').fill(recoveryCodes[1]!);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await isIn();
      await openLive(page, `${stack.webUrl}/settings/profile`);
      await page.getByRole('button', { name: 'Add passkey' }).click();
      await page.getByLabel('Name of the passkey').fill('Laptop');
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('Laptop counts from now on.').waitFor();
      const item = page.getByRole('listitem').filter({ hasText: 'Laptop' });
      await item.getByRole('button', { name: 'Rename' }).click();
      await page.getByLabel('New name').fill('Work laptop');
      await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
      await page.getByRole('listitem').filter({ hasText: 'Work laptop' }).waitFor();

      await page.context().clearCookies();
      await page.goto(`${stack.webUrl}/sign-in`);
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await isIn();
      await page.context().clearCookies();
      await password();
      await page.getByText(/Now show a passkey/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Use a passkey' }).click();
      await isIn();
      await page.context().close();
    });

    test('no page threw', () => {
      expect(pageFaults).toEqual([]);
    });
  });
}
