import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { endpoints } from '@loopstart/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALERTING_DIALOGS, plantSettings } from './lib/alerting-dialogs.ts';
import {
  ABOVE_THE_PAGE,
  DESKTOP,
  hasChromium,
  isLive,
  launchBrowser,
  lookFindings,
  pageFaults,
  signedInContext,
} from './lib/browser.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const SINK_PORT = portsOf('alerting') + 100;
const PATIENCE_MS = 30_000;

/** A receiver of webhooks on this machine; keeps the messages it got. */
async function startSink(received: { headers: IncomingHttpHeaders; body: string }[]): Promise<Server> {
  const sink = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ headers: request.headers, body });
    response.writeHead(200, { 'content-type': 'text/plain' }).end('thank you');
  });
  await new Promise<void>((resolve) => {
    sink.listen(SINK_PORT, '127.0.0.1', resolve);
  });
  return sink;
}

describe.skipIf(!hasChromium)('the settings of alerting', () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let stack: Stack;
  let sink: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    sink = await startSink(received);
    stack = await startStack(portsOf('alerting'), {
      demo: true,
      env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1', SMTP_URL: 'smtp://127.0.0.1:9' },
    });
    browser = await launchBrowser();
    page = await (await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP })).newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    stack?.removeData();
    sink?.close();
  });

  test('a webhook is added, its secret is shown once, and a test message arrives and is in the log', async () => {
    await page.goto(`${stack.webUrl}/alerting/channels`);
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Journey sink');
    await dialog.getByLabel('Address').fill(`http://127.0.0.1:${SINK_PORT}/hook`);
    await dialog.getByRole('button', { name: 'Add channel' }).click();
    const secret = await page.getByText(/^whsec_/).textContent({ timeout: PATIENCE_MS });
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Journey sink' }).waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByRole('dialog').getByText('Delivered').waitFor({ timeout: PATIENCE_MS });
    await page.getByRole('dialog').getByText('thank you').waitFor();
    const sent = received.find(({ body }) => body.includes('endpoint.test'));
    expect(sent?.headers['webhook-signature']).toMatch(/^v1,/);
    await page.getByRole('button', { name: 'Close' }).last().click();
    const log = page.getByRole('table', { name: 'Delivery log' });
    await log.getByRole('button', { name: 'Test message' }).click();
    const panel = page.getByRole('complementary', { name: 'Details of Test message by Journey sink' });
    await panel.getByText(String(sent?.headers['webhook-id'])).waitFor();
    await panel.getByRole('button', { name: 'Resend' }).click();
    await log.getByText('(resent)').waitFor({ timeout: PATIENCE_MS });
    await until('the same message arrives again', PATIENCE_MS, async () =>
      received.filter(({ headers }) => headers['webhook-id'] === sent?.headers['webhook-id']).length === 2
        ? true
        : undefined,
    );
  });

  test('a mailbox, a schedule and a policy that notifies both', async () => {
    await page.goto(`${stack.webUrl}/alerting/channels`);
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Kind').selectOption('email');
    await dialog.getByLabel('Name').fill('Journey mail');
    await dialog.getByLabel('E-mail addresses').fill('noc@example.net');
    await dialog.getByRole('button', { name: 'Add channel' }).click();
    await page.getByRole('heading', { level: 1, name: 'Journey mail' }).waitFor();

    await page.getByRole('link', { name: 'On-call' }).click();
    await page.getByRole('button', { name: 'Add a schedule' }).click();
    await dialog.getByLabel('Name').first().fill('Journey duty');
    await dialog.getByLabel('In the order of their turns').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Add schedule' }).click();
    await page.getByRole('heading', { name: 'Journey duty', exact: true }).waitFor();
    await page.getByText('is on call now').waitFor();

    await page.getByRole('link', { name: 'Policies' }).click();
    await page.getByRole('link', { name: 'Add a policy' }).click();
    const form = page.getByRole('form', { name: 'Policy' });
    await form.getByLabel('Name').fill('Journey policy');
    await form.getByLabel('Critical').first().check();
    await form.getByLabel('Notify', { exact: true }).selectOption({ label: 'Journey mail' });
    await form.getByLabel('Notify', { exact: true }).selectOption({ label: 'Journey duty' });
    await form.getByText('At once, notify Journey mail and the person on call in Journey duty.').waitFor();
    await form.getByRole('button', { name: 'Add policy' }).click();
    await page.getByRole('link', { name: 'Journey policy' }).waitFor();
    await page.getByText('Matches: critical incidents.').waitFor();
    const { call } = await stack.api();
    const { items } = await call(endpoints.listPolicies);
    expect(items.find(({ name }) => name === 'Journey policy')?.steps[0]?.targets.map(({ type }) => type)).toEqual([
      'channel',
      'schedule',
    ]);
  });

  test('maintenance is planned, shows in the calendar, and is ended', async () => {
    await page.goto(`${stack.webUrl}/alerting/maintenance`);
    await page.getByRole('button', { name: 'Plan maintenance' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title').fill('Journey window');
    await dialog.getByRole('button', { name: /^Which/ }).click();
    await dialog.getByLabel('Find in which').fill('Beech');
    await dialog
      .getByRole('radio', { name: /^Beech/ })
      .first()
      .click();
    await dialog.getByRole('button', { name: /^Which: Beech/ }).waitFor();
    await dialog.getByLabel('At', { exact: true }).fill('00:00');
    await dialog.getByLabel('For: unit').selectOption('days');
    await dialog.getByLabel('Reason').fill('To see that it works');
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    await page
      .getByRole('table', { name: /^Maintenance in/ })
      .getByText('Journey window')
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'End now Journey window' }).click();
    await page.getByRole('button', { name: 'End it now' }).click();
    await page.getByRole('table', { name: 'Maintenance windows' }).getByText('Over').waitFor();
  });

  test('a threshold is set with its reason, and reset', async () => {
    await page.goto(`${stack.webUrl}/alerting/thresholds?q=receiver`);
    await isLive(page);
    await page
      .getByRole('button', { name: /off the hook/i })
      .first()
      .click();
    await page.getByRole('button', { name: 'Set a threshold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('600');
    await dialog.getByLabel('Why this value').fill('Doors are kept open');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Doors are kept open').waitFor();
    await page.getByRole('button', { name: 'Reset All customers' }).click();
    await page.getByText('Doors are kept open').waitFor({ state: 'detached' });
  });

  test.each(['channels', 'policies', 'policies/new', 'schedules', 'maintenance', 'silences', 'thresholds'])(
    '%s has no accessibility finding and nothing beyond its width',
    async (part) => {
      await page.setViewportSize(DESKTOP);
      await page.goto(`${stack.webUrl}/alerting/${part}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('load');
      expect(await lookFindings(page)).toEqual([]);
    },
  );

  describe('every dialog, light and dark, on a desktop and on a phone', () => {
    let planted: Awaited<ReturnType<typeof plantSettings>>;
    beforeAll(async () => {
      planted = await plantSettings(await stack.api(), `http://127.0.0.1:${SINK_PORT}/hook`);
    });

    test.each(ALERTING_DIALOGS)('$what: no accessibility finding', async ({ path, open }) => {
      await page.setViewportSize(DESKTOP);
      const at = path.replace(':webhook', planted.webhook).replace(':policy', planted.policy);
      await page.goto(`${stack.webUrl}/alerting/${at}`);
      await isLive(page);
      await open(page);
      expect(await lookFindings(page, ABOVE_THE_PAGE)).toEqual([]);
    });
  });

  test('no page threw, and the policy of none refused anything', () => {
    expect(pageFaults).toEqual([]);
  });
});
