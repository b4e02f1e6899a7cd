import { randomUUID } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  axeViolations,
  beyondWidth,
  DESKTOP,
  hasChromium,
  inTheme,
  launchBrowser,
  PHONE,
  signedInContext,
} from './lib/browser.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const GATEWAY = 'beech-vega50';
const POSITION = 2;

describe.skipIf(!hasChromium)('the console on the demo fleet', () => {
  let stack: Stack;
  let browser: Browser;
  let gatewayId: string;

  beforeAll(async () => {
    stack = await startStack(31_000, { demo: true });
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

  test('a wrong password is told, and says nothing of who exists', async () => {
    const page = await browser.newPage();
    await page.goto(`${stack.webUrl}/sign-in`);
    await page.getByLabel(/e-?mail/i).fill(stack.email);
    await page.getByLabel(/^password/i).fill('not the password');
    await page.getByRole('button', { name: /sign in/i }).click();
    await page.getByText(/e-?mail or password/i).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.close();
  });

  test('a page of somebody who is not signed in leads to the sign-in', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${stack.webUrl}/gateways`);
    await page.waitForURL(/\/sign-in/);
    await context.close();
  });

  test('what is not there is answered with 404, in words', async () => {
    const context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    const page = await context.newPage();
    for (const kind of ['gateways', 'sites', 'customers', 'agents']) {
      const there = await page.goto(`${stack.webUrl}/${kind}`);
      expect(there?.status(), kind).toBe(200);
      const missing = await page.goto(`${stack.webUrl}/${kind}/${randomUUID()}`);
      expect(missing?.status(), `one of the ${kind}`).toBe(404);
      await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();
    }
    await context.close();
  });

  test('an unplugged line shows on the open port page and on the overview, and recovers', async () => {
    const context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    const page = await context.newPage();
    const overview = await context.newPage();
    await page.goto(`${stack.webUrl}/gateways/${gatewayId}/ports/${POSITION}`);
    await overview.goto(`${stack.webUrl}/`);
    const fault = page.getByText(/out of service/i).first();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await stack.fault(GATEWAY, POSITION, 'unplug', true);
    await fault.waitFor({ timeout: 90_000 });
    await overview.getByText(`Port ${POSITION} of ${GATEWAY}`).waitFor({ timeout: 90_000 });
    await stack.fault(GATEWAY, POSITION, 'unplug', false);
    await until('the overview has forgotten it', 90_000, async () =>
      (await overview.getByText(`Port ${POSITION} of ${GATEWAY}`).count()) === 0 ? true : undefined,
    );
    await context.close();
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

  describe('every page, light and dark, on a desktop and on a phone', () => {
    let context: BrowserContext;
    beforeAll(async () => {
      context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    });
    // Each open page holds a live stream, and a browser opens no more than six connections to one host.
    afterEach(async () => {
      for (const page of context.pages()) await page.close();
    });
    afterAll(() => context?.close());

    test.each([
      '/',
      '/customers',
      '/sites',
      '/gateways',
      '/gateways/:id',
      '/gateways/:id/ports/2',
      // A search, so that there are rows of one gateway and not of the whole fleet to look at.
      `/ports?q=${GATEWAY}`,
      '/events',
      '/agents',
      '/agents/add',
      '/drivers',
    ])('%s has no accessibility finding and nothing beyond its width', async (path) => {
      const page = await context.newPage();
      await page.goto(stack.webUrl + path.replace(':id', gatewayId));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('load');
      for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
        await page.setViewportSize(viewport);
        await inTheme(page, 'light');
        expect(await axeViolations(page), `light on a ${size}`).toEqual([]);
        expect(await beyondWidth(page), size).toBeLessThanOrEqual(0);
        // The theme changes colours and nothing else.
        await inTheme(page, 'dark');
        expect(await axeViolations(page, ['color-contrast']), `dark on a ${size}`).toEqual([]);
      }
    });
  });
});
