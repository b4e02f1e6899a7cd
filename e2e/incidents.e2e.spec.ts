import { endpoints } from '@loopstart/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  axeViolations,
  beyondWidth,
  DESKTOP,
  hasChromium,
  inTheme,
  isLive,
  launchBrowser,
  PHONE,
  pageFaults,
  signedInContext,
} from './lib/browser.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const GATEWAY = 'beech-vega50';
const PATIENCE_MS = 120_000;

/** Instead of the browser's notifications: keeps what would have been shown. */
function recordNotifications(): void {
  const shown: string[] = [];
  class Recorded {
    static permission: NotificationPermission = 'default';
    static requestPermission(): Promise<NotificationPermission> {
      Recorded.permission = 'granted';
      return Promise.resolve('granted');
    }
    onclick: (() => void) | null = null;
    constructor(title: string) {
      shown.push(title);
    }
    close(): void {
      shown.push('closed');
    }
  }
  Object.assign(window, { Notification: Recorded, shownNotifications: shown });
}

describe.skipIf(!hasChromium)('incidents on the demo fleet', () => {
  let stack: Stack;
  let browser: Browser;
  let context: BrowserContext;
  let inbox: Page;

  const incidentOf = async (position: number) => {
    const { call } = await stack.api();
    const { items } = await call(endpoints.listIncidents, { query: { attention: 'all' } });
    return items.find(({ place }) => place.gateway?.name === GATEWAY && place.port?.position === position);
  };
  const raised = (position: number) =>
    until(`an incident of port ${position}`, PATIENCE_MS, async () => {
      const incident = await incidentOf(position);
      return incident?.state === 'open' ? incident : undefined;
    });

  beforeAll(async () => {
    stack = await startStack(portsOf('incidents'), { demo: true });
    browser = await launchBrowser();
    context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    await context.addInitScript(recordNotifications);
    inbox = await context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    stack?.removeData();
  });

  test('a lost SIP server that only a notification reports is an incident, and no line of the gateway is shown as well', async () => {
    const name = 'lodge-mp118';
    const { call } = await stack.api();
    const gateway = async () =>
      (await call(endpoints.listGateways, { query: { q: name } })).items.find((one) => one.name === name);
    const incident = async () =>
      (await call(endpoints.listIncidents, { query: { attention: 'all' } })).items.find(
        ({ place }) => place.gateway?.name === name,
      );
    await until('the gateway is read', PATIENCE_MS, async () => {
      const one = await gateway();
      return one !== undefined && one.ports.ok > 0 ? one : undefined;
    });
    await stack.fault(name, null, 'registrar-lost', true);
    const raised = await until('an incident', PATIENCE_MS, incident);
    expect(raised.title).toContain('SIP server');
    const affected = await gateway();
    expect(affected?.ports.ok).toBe(0);
    expect(['major', 'critical']).toContain(affected?.worst);
    await stack.fault(name, null, 'registrar-lost', false);
    await until('its end', PATIENCE_MS, async () => ((await incident())?.state === 'resolved' ? true : undefined));
    await until('lines that are fine again', PATIENCE_MS, async () =>
      (await gateway())?.ports.ok !== 0 ? true : undefined,
    );
  });

  test('a broken line appears in the open inbox automatically, with a notification, and ends once it is repaired', async () => {
    await inbox.goto(`${stack.webUrl}/settings/preferences`);
    await isLive(inbox);
    await inbox.getByRole('radio', { name: 'All new incidents' }).check();
    await inbox.getByText(/^Allowed\./).waitFor();
    // By a link: what recordNotifications keeps is of one document.
    await inbox
      .getByRole('link', { name: /^Incidents/ })
      .first()
      .click();
    await inbox.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor();

    await stack.fault(GATEWAY, 2, 'hardware-failure', true);
    const incident = await raised(2);
    const row = inbox.locator(`[data-key="${incident.id}"]`);
    await row.waitFor({ timeout: 10_000 });
    const link = row.getByRole('link', { name: incident.title });
    await row.getByText(incident.why).waitFor();
    await until('a notification', 10_000, async () => {
      const shown = await inbox.evaluate(
        () => (window as unknown as { shownNotifications: string[] }).shownNotifications,
      );
      return shown.some((title) => title.endsWith(incident.title)) ? true : undefined;
    });

    await link.focus();
    await inbox.keyboard.press('o');
    const panel = inbox.getByRole('complementary').filter({ hasText: 'First:' });
    await panel.getByText(incident.why).waitFor();
    await inbox.keyboard.press('a');
    await row.getByText(/^Acknowledged by/).waitFor();
    await panel.getByRole('button', { name: 'Withdraw acknowledgement' }).waitFor();
    await inbox.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });

    await link.click();
    await inbox.getByRole('heading', { name: incident.title, level: 1 }).waitFor();
    await inbox.getByText(/acknowledged it/).waitFor();
    await inbox.getByText(/^The cause is here/).waitFor();
    await inbox.getByLabel('Comment').fill('Somebody tripped over the cable.');
    await inbox.getByRole('button', { name: 'Add comment' }).click();
    await inbox.getByRole('listitem').getByText('Somebody tripped over the cable.').waitFor();

    await stack.fault(GATEWAY, 2, 'hardware-failure', false);
    await inbox.getByText(/resolved it/).waitFor({ timeout: PATIENCE_MS });
    await inbox.getByText(/^Resolved, was/).waitFor();
    // What is over is nobody's work any more: nothing is left to press.
    expect(await inbox.getByRole('button', { name: /^(Snooze|Acknowledge|Assign)/ }).count()).toBe(0);
  });

  test('an incident is snoozed, assigned and found from the pages that it is about', async () => {
    await stack.fault(GATEWAY, 3, 'hardware-failure', true);
    const incident = await raised(3);
    await inbox.goto(`${stack.webUrl}/gateways/${incident.place.gateway?.id}/ports/3`);
    await isLive(inbox);
    await inbox.getByRole('main').getByRole('link', { name: incident.title }).click();
    await inbox.getByRole('heading', { name: incident.title, level: 1 }).waitFor();

    await inbox.getByRole('button', { name: 'Assign' }).click();
    await inbox
      .getByRole('dialog')
      .getByRole('radio', { name: /\(you\)/ })
      .check();
    await inbox.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
    await inbox.getByText(/assigned it/).waitFor();

    await inbox.getByRole('button', { name: 'Snooze' }).click();
    await inbox.getByRole('dialog').getByRole('radio', { name: 'For an hour' }).check();
    await inbox.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click();
    await inbox
      .getByText(/^Snoozed until/)
      .first()
      .waitFor();
    await inbox.getByRole('button', { name: 'End the snooze' }).click();
    await inbox.getByRole('button', { name: 'Acknowledge' }).waitFor();
  });

  test('all that is ticked is acknowledged at once', async () => {
    await stack.fault(GATEWAY, 4, 'hardware-failure', true);
    const incident = await raised(4);
    await inbox.goto(`${stack.webUrl}/incidents?attention=open`);
    await isLive(inbox);
    await inbox.locator(`[data-key="${incident.id}"]`).waitFor();
    await inbox.getByRole('checkbox', { name: 'Select all rows that are loaded' }).check();
    await inbox.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await inbox
      .getByText(/incidents? acknowledged/)
      .first()
      .waitFor();
    await inbox.locator(`[data-key="${incident.id}"]`).waitFor({ state: 'detached' });
    expect((await incidentOf(4))?.attention).toBe('acknowledged');
  });

  test.each([
    ['desktop', DESKTOP, ['No dial tone', 'One-way audio']],
    ['phone', PHONE, ['Does not ring', 'Faxes fail']],
  ] as const)(
    'a complaint is looked into with one click on a %s: evidence, causes, the next step',
    async (_size, viewport, complaints) => {
      const incident = await raised(4);
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      await page.goto(`${stack.webUrl}/gateways/${incident.place.gateway?.id}/ports/4`);
      await isLive(page);
      for (const complaint of complaints) {
        await page.getByRole('radio', { name: complaint }).check();
        await page.getByRole('button', { name: 'Diagnose' }).press('Enter');
        await page.getByRole('button', { name: new RegExp(`^${complaint}, `) }).waitFor();
        await page.getByText(/^Next, (from here|on site)$/).waitFor({ timeout: PATIENCE_MS });
        await page.getByText(/^Checks \(/).click();
        const evidence = page.getByRole('table', { name: 'Evidence, with its age and source' });
        // Every class of evidence that the symptom asks for has its row, known or not.
        for (const name of ['Receiver', 'SIP registration', 'Packet loss', 'Country profile', 'State changes in a day'])
          await evidence.getByRole('rowheader', { name, exact: true }).waitFor();
        // The reason why there is no line test is shown as well: this model has none.
        await page.getByText(/^No line test: /).waitFor();
        // The circuit of the simulated line is broken, and the gateway says so.
        if (complaint === 'No dial tone') await evidence.getByText('out of service').waitFor();
      }
      for (const theme of ['light', 'dark'] as const) {
        await inTheme(page, theme);
        expect(await axeViolations(page), theme).toEqual([]);
      }
      expect(await beyondWidth(page)).toBeLessThanOrEqual(0);
      await page.close();
    },
  );

  test.each([
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)(
    'inbox, held alerts and incident have no accessibility finding on a %s, in either theme',
    async (_size, viewport) => {
      const incident = await raised(3);
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      const pages = [
        ['/incidents', page.locator(`[data-key="${incident.id}"]`)],
        ['/incidents/held', page.getByRole('heading', { name: 'Suppressed', level: 1 })],
        [`/incidents/${incident.id}`, page.getByRole('heading', { name: incident.title, level: 1 })],
      ] as const;
      for (const [path, known] of pages) {
        await page.goto(stack.webUrl + path);
        await known.waitFor();
        for (const theme of ['light', 'dark'] as const) {
          await inTheme(page, theme);
          expect(await axeViolations(page), `${path} ${theme}`).toEqual([]);
        }
        expect(await beyondWidth(page), path).toBeLessThanOrEqual(0);
      }
      await page.close();
    },
  );

  test('no page threw, and the policy of none refused anything', () => {
    expect(pageFaults).toEqual([]);
  });
});
