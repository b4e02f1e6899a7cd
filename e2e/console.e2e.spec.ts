import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { endpoints, LIVE_PATH } from '@loopstart/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DESKTOP, hasChromium, isLive, launchBrowser, PHONE, pageFaults, signedInContext } from './lib/browser.ts';
import { describeBorders } from './lib/browser-borders.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const GATEWAY = 'beech-vega50';
const POSITION = 2;

describe.skipIf(!hasChromium)('the console on the demo fleet', () => {
  let stack: Stack;
  let browser: Browser;
  let gatewayId: string;

  beforeAll(async () => {
    stack = await startStack(portsOf('console'), { demo: true });
    browser = await launchBrowser();
    const { all } = await stack.api();
    gatewayId = (await all(endpoints.listGateways)).find((gateway) => gateway.name === GATEWAY)?.id ?? '';
    expect(gatewayId).not.toBe('');
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    stack?.removeData();
  });

  test('a wrong password is refused without revealing which accounts exist', async () => {
    const page = await browser.newPage();
    await page.goto(`${stack.webUrl}/sign-in`);
    await page.getByLabel(/e-?mail/i).fill(stack.email);
    await page.getByLabel(/^password/i).fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText(/e-?mail or password/i).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.close();
  });

  test('before its scripts have loaded, the sign-in sends no password in an address', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${stack.webUrl}/sign-in`);
    await page.getByLabel(/e-?mail/i).fill(stack.email);
    await page.getByLabel(/^password/i).fill(stack.password);
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.isNavigationRequest()),
      page.getByRole('button', { name: 'Sign in', exact: true }).click(),
    ]);
    expect([sent.method(), new URL(sent.url()).search]).toEqual(['POST', '']);
    await context.close();
  });

  test('a page without a session leads to the sign-in', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${stack.webUrl}/gateways`);
    await page.waitForURL(/\/sign-in/);
    await context.close();
  });

  test('an absent page is answered with 404, in words', async () => {
    const context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    const page = await context.newPage();
    const kinds = ['gateways', 'sites', 'customers', 'agents', 'incidents', 'alerting/channels', 'alerting/policies'];
    for (const kind of kinds) {
      const there = await page.goto(`${stack.webUrl}/${kind}`);
      expect(there?.status(), kind).toBe(200);
      for (const id of [randomUUID(), 'no-id']) {
        const missing = await page.goto(`${stack.webUrl}/${kind}/${id}`);
        expect(missing?.status(), `one of the ${kind}`).toBe(404);
        await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();
      }
    }
    for (const path of ['schedules', 'maintenance', 'silences', 'thresholds'])
      expect((await page.goto(`${stack.webUrl}/alerting/${path}/${randomUUID()}`))?.status(), path).toBe(404);
    await context.close();
  });

  test('a line with a broken circuit shows on the open port page and on the overview, and recovers', async () => {
    const context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    const page = await context.newPage();
    const overview = await context.newPage();
    await page.goto(`${stack.webUrl}/gateways/${gatewayId}/ports/${POSITION}`);
    await overview.goto(`${stack.webUrl}/`);
    const fault = page.getByText(/out of service/i).first();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await stack.fault(GATEWAY, POSITION, 'hardware-failure', true);
    await fault.waitFor({ timeout: 90_000 });
    // One row for each cause: its place names the line.
    const cause = overview.getByRole('main').getByText(new RegExp(`${GATEWAY} › .*port ${POSITION}\\b`));
    await cause.waitFor({ timeout: 150_000 });
    await stack.fault(GATEWAY, POSITION, 'hardware-failure', false);
    await until('the overview has forgotten it', 180_000, async () => ((await cause.count()) === 0 ? true : undefined));
    await context.close();
  }, 400_000);

  describe('ways through it', () => {
    let context: BrowserContext;
    let page: Page;
    beforeAll(async () => {
      context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    });
    beforeEach(async () => {
      page = await context.newPage();
    });
    afterEach(() => page.close());
    afterAll(() => context?.close());

    test('the search keeps every letter typed right after it is opened', async () => {
      await page.goto(`${stack.webUrl}/`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('room 217', { delay: 60 });
      const field = page.getByLabel('Search ports, gateways, sites, customers and incidents');
      expect(await field.inputValue()).toBe('room 217');
      await page
        .getByText(/Shown|No results/)
        .first()
        .waitFor();
      expect(await field.inputValue()).toBe('room 217');
    });

    test.each(['/', '/sites', '/ports', '/alerting/channels', '/incidents'])('? lists the keys on %s', async (path) => {
      await page.goto(stack.webUrl + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await isLive(page);
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await dialog.waitFor();
      expect(await dialog.getByText('Search everything').count()).toBe(1);
      expect(await dialog.getByText('In the list of incidents').count()).toBe(path === '/incidents' ? 1 : 0);
    });

    test('without a connection the console stays, shows it, and continues automatically', async () => {
      await page.goto(`${stack.webUrl}/gateways`);
      await isLive(page);
      await context.setOffline(true);
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Drivers' }).click();
      await page.getByText('No connection: the page cannot be opened now').waitFor();
      expect(new URL(page.url()).pathname).toBe('/gateways');
      await page.getByRole('heading', { level: 1, name: 'Gateways' }).waitFor();
      await context.setOffline(false);
      await page.waitForURL(/\/drivers$/, { timeout: 30_000 });
    });

    test('lines are found by typing a site, and narrowed to a customer', async () => {
      const { all } = await stack.api();
      const site = (await all(endpoints.listSites)).find(({ id }) => id !== '')!;
      const lines = await all(endpoints.listPorts, { customerId: site.customer.id });
      await page.goto(`${stack.webUrl}/ports`);
      await page.getByRole('searchbox', { name: 'Search ports' }).fill(site.name);
      await page.getByRole('link', { name: site.name }).first().waitFor();
      await page.getByRole('searchbox', { name: 'Search ports' }).fill('');
      await page.getByRole('button', { name: 'Customer: Any' }).click();
      const values = page.getByRole('dialog', { name: 'Customer' });
      await values.getByRole('checkbox', { name: site.customer.name }).check();
      await page.getByText(`${lines.length} ports`).first().waitFor();
    });

    test('gateways of one vendor, last name first, one beside the list: the address brings all of it back', async () => {
      const { all } = await stack.api();
      const asked = { vendor: ['Grandstream'], sort: '-name' as const };
      const names = (await all(endpoints.listGateways, asked)).map(({ name }) => name);
      expect(names.length).toBeGreaterThan(1);
      await page.goto(`${stack.webUrl}/gateways`);
      await page.getByRole('button', { name: 'Vendor: Any' }).click();
      await page.getByRole('dialog', { name: 'Vendor' }).getByRole('checkbox', { name: 'Grandstream' }).check();
      await page.getByText(`${names.length} gateways`).first().waitFor();
      await page.keyboard.press('Escape');
      const header = page.getByRole('columnheader', { name: 'Gateway', exact: true }).getByRole('button');
      await header.click();
      await header.click();
      const inOrder = () =>
        until('its rows are in that order', 30_000, async () => {
          const shown = await page.getByRole('rowheader').allInnerTexts();
          return shown.join() === names.join() ? true : undefined;
        });
      await inOrder();
      await page.keyboard.press('j');
      await page.keyboard.press('o');
      const panel = page.getByRole('complementary', { name: `Details of ${names[0]}` });
      await panel.waitFor();
      await page.reload();
      await panel.waitFor();
      await inOrder();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('button', { name: 'Export' })
          .click()
          .then(() => page.getByRole('menuitem', { name: 'All columns, as CSV' }).click()),
      ]);
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n').slice(1);
      expect(lines.map((line) => line.split(',')[0])).toEqual(names);
    });

    test('who renamed a site, from what and to what, is found from the site', async () => {
      const { all, call } = await stack.api();
      const site = (await all(endpoints.listSites)).at(-1)!;
      const params = { siteId: site.id };
      const name = `${site.name} II`;
      await call(endpoints.updateSite, { params, body: { name } });
      await page.goto(`${stack.webUrl}/sites/${site.id}`);
      await page.getByRole('link', { name: 'Who changed what' }).click();
      await page.waitForURL(/settings\/audit/);
      const row = page.getByRole('row').filter({ hasText: `Name: ${site.name} → ${name}` });
      await row.getByRole('link', { name: 'Changed the site' }).focus();
      await page.keyboard.press('o');
      const panel = page.getByRole('complementary', { name: 'Details of Changed the site' });
      await panel.getByRole('definition').filter({ hasText: name }).last().waitFor();
      await page.setViewportSize(PHONE);
      await page.getByRole('link', { name: 'Changed the site' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Changed the site' }).waitFor();
      await page.getByRole('definition').filter({ hasText: site.name }).first().waitFor();
      await call(endpoints.updateSite, { params, body: { name: site.name } });
    });

    test.each([820, DESKTOP.width])('no label on a faceplate is cut at %i px', async (width) => {
      await page.setViewportSize({ width, height: 900 });
      const { all } = await stack.api();
      const cut: string[] = [];
      for (const { id, name, ports } of await all(endpoints.listGateways)) {
        if (ports.total < 8) continue;
        await page.goto(`${stack.webUrl}/gateways/${id}`);
        await page.getByRole('grid').waitFor();
        const found = await page
          .locator('[data-port-label]')
          .evaluateAll((labels) =>
            labels
              .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
              .map((one) => one.textContent),
          );
        cut.push(...found.map((label) => `${name}: ${label}`));
      }
      expect(cut).toEqual([]);
    });

    test('on paper there is no navigation', async () => {
      await page.goto(`${stack.webUrl}/gateways/${gatewayId}`);
      await page.getByRole('grid').waitFor();
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
      expect(await page.getByRole('banner').isVisible()).toBe(false);
      expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    });
  });

  test('a gateway that hangs is unreachable, and its lines are unknown, not down', async () => {
    const { call } = await stack.api();
    await stack.fault(GATEWAY, null, 'hang', true);
    const silent = await until('it is unreachable', 150_000, async () => {
      const gateway = await call(endpoints.getGateway, { params: { gatewayId } });
      return gateway.reachability === 'unreachable' ? gateway : undefined;
    });
    expect(silent.ports).toMatchObject({ unknown: silent.ports.total, major: 0, critical: 0 });
    await stack.fault(GATEWAY, null, 'hang', false);
    await until('it answers again', 150_000, async () =>
      (await call(endpoints.getGateway, { params: { gatewayId } })).reachability === 'reachable' ? true : undefined,
    );
  });

  test('eight tabs share one live stream, which passes on when its tab is closed; a sign-out ends all', async () => {
    const context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    // One after the other, as people open them: a browser has six connections to one host.
    const tabs: { page: Page; streams: number }[] = [];
    for (let count = 0; count < 8; count += 1) {
      const tab = { page: await context.newPage(), streams: 0 };
      tab.page.on('request', (request) => (tab.streams += new URL(request.url()).pathname === LIVE_PATH ? 1 : 0));
      tabs.push(tab);
      await tab.page.goto(`${stack.webUrl}/gateways/${gatewayId}/ports/${POSITION}`);
      await isLive(tab.page);
    }
    expect(tabs.map(({ streams }) => streams)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    const fault = (page: Page) => page.getByText(/out of service/i).first();
    await stack.fault(GATEWAY, POSITION, 'hardware-failure', true);
    await Promise.all(tabs.map(({ page }) => fault(page).waitFor({ timeout: 90_000 })));

    await tabs.shift()?.page.close();
    await until('another tab has opened the stream', 30_000, async () =>
      tabs.some(({ streams }) => streams > 0) ? true : undefined,
    );
    await Promise.all(tabs.map(({ page }) => isLive(page)));
    await stack.fault(GATEWAY, POSITION, 'hardware-failure', false);
    await Promise.all(tabs.map(({ page }) => fault(page).waitFor({ state: 'hidden', timeout: 90_000 })));
    expect(tabs.reduce((sum, { streams }) => sum + streams, 0)).toBe(1);

    // Not through the console: no tab is notified, the stream ends.
    await context.request.delete(`${stack.webUrl}${endpoints.signOut.path}`, { headers: { 'x-loopstart-csrf': '1' } });
    await Promise.all(
      tabs.map(({ page }) =>
        until('the tab leads to the sign-in', 60_000, async () =>
          new URL(page.url()).pathname === '/sign-in' ? true : undefined,
        ),
      ),
    );
    await context.close();
  });

  describeBorders(() => ({ browser, stack }));

  test('no page threw, and the policy of none refused anything', () => {
    expect(pageFaults).toEqual([]);
  });
});
