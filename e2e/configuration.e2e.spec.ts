import { endpoints } from '@loopstart/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSetting, deploy, discardDraft, fillRule, pasteInto, publish, rollBack } from './lib/configuration-steps.ts';
import { DESKTOP, hasChromium, isLive, launchBrowser, pageFaults, signedInContext } from './lib/browser.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const CUSTOMER = 'Hawthorn Care Homes';
const GATEWAY = 'beech-ht814';
const PATIENCE_MS = 120_000;
/** The Grandstream units are given three minutes to prove a change before it is written back, and some to go back. */
const REVERT_MS = 420_000;

describe.skipIf(!hasChromium)('another SIP server for a customer, on the demo fleet', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let customerId: string;
  let gatewayId: string;
  /** The page of the deployment that sends the wrong server. */
  let wrong: string;

  const settingsOf = async (place: Record<string, string>) => {
    await page.goto(`${stack.webUrl}/configuration?${new URLSearchParams(place).toString()}`);
    await isLive(page);
  };
  /** The row of the gateway on the page of a deployment. */
  const row = () => page.getByRole('row').filter({ hasText: GATEWAY });

  beforeAll(async () => {
    stack = await startStack(portsOf('configuration'), { demo: true });
    browser = await launchBrowser();
    page = await (await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP })).newPage();
    page.setDefaultTimeout(60_000);
    const { all, call } = await stack.api();
    customerId = (await all(endpoints.listCustomers)).find(({ name }) => name === CUSTOMER)?.id ?? '';
    gatewayId = (await all(endpoints.listGateways)).find(({ name }) => name === GATEWAY)?.id ?? '';
    expect([customerId, gatewayId]).not.toContain('');
    await until('the lines of the gateway are read', PATIENCE_MS, async () =>
      (await call(endpoints.getGateway, { params: { gatewayId } })).ports.ok > 0 ? true : undefined,
    );
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    stack?.removeData();
  });

  test('a setting of the customer is reviewed, published, deployed, and confirmed on its site', async () => {
    await settingsOf({ layer: 'customer', customerId });
    await addSetting(page, 'Registrars', 'sip2.demo.example');
    await page.getByRole('link', { name: 'Review' }).click();
    await page.getByRole('heading', { name: 'What it touches' }).waitFor();
    const gateway = page.getByRole('group').filter({ hasText: GATEWAY });
    await gateway.getByText(GATEWAY, { exact: true }).click();
    // The words of people, and those of the gateway.
    await gateway.getByText('sip2.demo.example').nth(1).waitFor();
    await gateway.getByText('P47', { exact: true }).waitFor();
    await publish(page, 'Hawthorn moves to the second SIP server');
    await page.getByRole('heading', { name: /^1: / }).waitFor();
    await deploy(page, { gateway: GATEWAY, reason: 'Agreed with Hawthorn for this morning' });
    await row()
      .getByText(/^Confirmed/)
      .waitFor({ timeout: PATIENCE_MS });
    await row().getByText('It works as before').waitFor();
  });

  test('a server that nobody answers at is deployed', async () => {
    await settingsOf({ layer: 'customer', customerId });
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('Registrars').fill('nowhere.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Add to the draft' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Review' }).click();
    await publish(page, 'Hawthorn moves to a third SIP server');
    await page.getByRole('heading', { name: /^2: / }).waitFor();
    await deploy(page, { gateway: GATEWAY, reason: 'Agreed with Hawthorn for this noon' });
    wrong = page.url();
    await row().getByText('Applied, not confirmed yet').waitFor({ timeout: PATIENCE_MS });
  });

  test('meanwhile, a dial plan without 999 is stopped before it is published, and the number is named', async () => {
    await page.goto(`${stack.webUrl}/configuration/dial-plans`);
    await isLive(page);
    await page.getByRole('button', { name: 'Add a dial plan' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('care-home');
    await fillRule(page, { at: 1, name: 'Europe', pattern: '112', kind: 'Emergency' });
    await dialog.getByRole('button', { name: 'Add to the draft' }).click();
    await dialog.waitFor({ state: 'detached' });
    await settingsOf({ layer: 'gateway', gatewayId });
    await addSetting(page, 'Country of tones', 'GB');
    await settingsOf({ layer: 'port', gatewayId, position: '1' });
    await addSetting(page, 'Dial plan', 'care-home');
    await page.getByRole('link', { name: 'Review' }).click();
    await page.getByText(/999/).first().waitFor();
    await page
      .getByText(/It stops the draft, unless/)
      .first()
      .waitFor();
    // Without a reason to override that very check, it is not published.
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByLabel('Reason').fill('The new plan of the home');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog
      .getByRole('textbox', { name: /^Why override: A call that must get out/ })
      .and(page.locator('[aria-invalid="true"]'))
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    // The same plan, tried on the line: the gateway would do no more than the plan.
    await page.goto(`${stack.webUrl}/configuration/dial-plans?gatewayId=${gatewayId}&position=1`);
    await isLive(page);
    await page.getByLabel('Dialled on the line').fill('999');
    for (const by of ['By the plan', `By ${GATEWAY}`])
      await page.getByRole('region', { name: by }).getByText('Sends nothing').waitFor();
    await page.getByLabel('Dialled on the line').fill('112');
    await page
      .getByRole('region', { name: `By ${GATEWAY}` })
      .getByText('Sends 112')
      .waitFor();
    await discardDraft(page);
  });

  test('meanwhile, lines are edited in a sheet: by keyboard and by a pasted block, all of it or none', async () => {
    await page.goto(`${stack.webUrl}/configuration/lines?which=gateway&gatewayId=${gatewayId}`);
    await isLive(page);
    const cell = (row: number, column: number) => page.locator(`[data-cell="${row} ${column}"]`);
    await cell(0, 0).click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('Dining room');
    await page.keyboard.press('Enter');
    await cell(0, 1).getByText('Dining room').waitFor();
    // Enter leads to the cell below; the last column says whether the line is enabled.
    await pasteInto(page, 'Kitchen\t\t\t\tperhaps\nOffice\t\t\t\tyes\n');
    await page.getByText('10 cells pasted.').waitFor();
    await cell(1, 1).getByText('Kitchen').waitFor();
    await page.getByText('1 cell is wrong').waitFor();
    expect(await cell(1, 5).getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: 'Go to the first' }).click();
    await page
      .getByText(/^Expected true or false/)
      .first()
      .waitFor();
    await cell(1, 5).press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('no');
    await page.keyboard.press('Enter');
    await page.getByText('1 cell is wrong').waitFor({ state: 'detached' });
    await page.getByText('5 cells on 3 lines changed').waitFor();
    await page.getByRole('button', { name: 'Add to the draft' }).click();
    await page.getByText('5 cells on 3 lines changed').waitFor({ state: 'detached' });
    await cell(1, 5).getByText('Changed by the draft.').waitFor({ state: 'attached' });
    await page
      .getByRole('complementary', { name: 'Draft being edited' })
      .getByText(/^5 edits by/)
      .waitFor();
    await discardDraft(page);
  });

  test(
    'the gateway goes back by itself, and the deployment says why',
    async () => {
      await page.goto(wrong);
      await isLive(page);
      await row().getByText('Went back').waitFor({ timeout: REVERT_MS });
      await row()
        .getByText(/register/i)
        .waitFor();
      // The other gateway of the site reports no registrations, so that an outage cannot be ruled out.
      await row()
        .getByText(/^Not known/)
        .waitFor();
      await page.getByText('1 Went back').waitFor();
      // What changed for a line says it as well.
      await page.goto(`${stack.webUrl}/gateways/${gatewayId}/ports/1`);
      const changes = page.getByRole('region', { name: 'What changed' });
      await changes.getByText(/^Went back ·/).waitFor();
      await changes.getByText(/Agreed with Hawthorn for this noon/).waitFor();
    },
    REVERT_MS + 60_000,
  );

  test('the former revision is brought back, deployed and confirmed', async () => {
    await page.goto(`${stack.webUrl}/configuration/revisions`);
    await isLive(page);
    await page.getByRole('link', { name: /^1: / }).click();
    await rollBack(page, 'Nobody answers at the third server');
    await page.getByRole('heading', { name: /^3: / }).waitFor();
    await page.getByText('nowhere.example').waitFor();
    await page.goto(`${stack.webUrl}/configuration/revisions/compare?from=1&to=3`);
    await page.getByText('No changes').waitFor();
    await page.goto(`${stack.webUrl}/configuration/revisions/3`);
    await isLive(page);
    await deploy(page, { gateway: GATEWAY, reason: 'Back to the server that works' });
    await row()
      .getByText(/^Confirmed/)
      .waitFor({ timeout: PATIENCE_MS });
    await page.goto(`${stack.webUrl}/gateways/${gatewayId}/configuration`);
    await page.getByText(/It was seen to work with revision 3/).waitFor();
    await page.getByText('sip2.demo.example').first().waitFor();
  });

  test('no page threw, and the policy of none refused anything', () => {
    expect(pageFaults).toEqual([]);
  });
});
