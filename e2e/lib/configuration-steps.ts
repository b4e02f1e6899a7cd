import type { Page } from 'playwright-core';

/** Adds a setting at the place whose settings are open, by its name as people read it. */
export async function addSetting(page: Page, setting: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a setting' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Setting', { exact: true }).selectOption({ label: setting });
  await dialog.getByLabel(setting, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: 'Add to the draft' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Fills a rule of the dial plan that is open; `at` is its number, from 1. */
export async function fillRule(
  page: Page,
  { at, name, pattern, kind }: { at: number; name: string; pattern: string; kind: string },
): Promise<void> {
  const rule = page.getByRole('dialog').getByRole('group', { name: `Rule ${at}` });
  await rule.getByLabel('Name of the rule').fill(name);
  await rule.getByLabel('Dialled').fill(pattern);
  await rule.getByLabel('Class').selectOption({ label: kind });
}

/** Publishes the draft whose review is open. */
export async function publish(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Goes back to the revision that is open. */
export async function rollBack(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Go back to it' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: 'Go back to it' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Sends the revision that is open to one gateway, now; ends on the page of the deployment. */
export async function deploy(page: Page, { gateway, reason }: { gateway: string; reason: string }): Promise<void> {
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('To', { exact: true }).selectOption({ label: 'One gateway' });
  await dialog.getByRole('group', { name: 'Gateway' }).getByRole('button').click();
  await dialog.getByRole('searchbox').fill(gateway);
  await dialog.getByRole('radio', { name: new RegExp(`^${gateway}`) }).click();
  await dialog.getByRole('radio', { name: 'Now', exact: true }).check();
  await dialog.getByLabel('Life-safety lines may be interrupted for a moment').check();
  await dialog.getByLabel('Reason').fill(reason);
  // This model does not tell whether a line is in use, so it would wait for ever.
  await dialog.getByLabel(/^Why change it although it may be in use/).fill('Everybody at the site was told');
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForURL(/\/configuration\/deployments\//);
}

/** Discards the draft that is being edited. */
export async function discardDraft(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('heading', { name: 'Drafts', level: 1 }).waitFor();
}

/** Pastes a text where the focus is, as from the clipboard of a spreadsheet. */
export async function pasteInto(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}
