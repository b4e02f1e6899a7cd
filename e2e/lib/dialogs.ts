import type { Page } from 'playwright-core';

/** Something that opens above a page. */
export interface DialogCase {
  what: string;
  path: string;
  open: (page: Page) => Promise<void>;
}

/** Presses the first button of a name and waits for what it opens. */
export const press =
  (name: string | RegExp): DialogCase['open'] =>
  async (page) => {
    await page.getByRole('button', { name }).first().click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).or(page.getByRole('menu')).first().waitFor();
  };

const search: DialogCase['open'] = async (page) => {
  await press('Search everything')(page);
  await page.getByRole('dialog').getByRole('combobox').fill('beech');
  await page.getByRole('option').first().waitFor();
};

/** What opens above the pages of the fleet; `:gateway`, `:site` and so on stand for one of each. */
export const FLEET_DIALOGS: readonly DialogCase[] = [
  { what: 'the settings menu', path: '/', open: press(/^Account and settings/) },
  { what: 'changing one’s password', path: '/settings/profile', open: press('Change password') },
  { what: 'adding a passkey', path: '/settings/profile', open: press('Add passkey') },
  { what: 'adding an authenticator app', path: '/settings/profile', open: press('Add authenticator app') },
  { what: 'publishing to the library', path: '/settings/library', open: press('Publish') },
  { what: 'adding a connection of single sign-on', path: '/settings/single-sign-on', open: press('Add a connection') },
  { what: 'adding a stream of the audit trail', path: '/settings/audit/streams', open: press('Add a stream') },
  { what: 'inviting a person', path: '/settings/people', open: press('Invite a person') },
  { what: 'making a token', path: '/settings/tokens', open: press('Create a token') },
  { what: 'the search', path: '/', open: search },
  { what: 'adding a customer', path: '/customers', open: press('Add a customer') },
  { what: 'changing a customer', path: '/customers/:customer', open: press('Edit') },
  { what: 'adding a site', path: '/sites', open: press('Add a site') },
  { what: 'deleting a customer', path: '/customers/:customer', open: press('Delete') },
  { what: 'changing a site', path: '/sites/:site', open: press('Edit') },
  { what: 'deleting a site', path: '/sites/:site', open: press('Delete') },
  { what: 'renaming a gateway', path: '/gateways/:gateway', open: press('Rename') },
  { what: 'replacing a gateway', path: '/gateways/:gateway', open: press('Replace') },
  { what: 'merging two records of a gateway', path: '/gateways/:gateway', open: press('Merge') },
  { what: 'retiring a gateway', path: '/gateways/:gateway', open: press('Retire') },
  { what: 'what is on a line', path: '/gateways/:gateway/ports/2', open: press('Edit') },
  { what: 'adding a setting', path: '/configuration', open: press('Add a setting') },
  { what: 'discarding a draft', path: '/configuration/drafts/:draft', open: press('Discard') },
  { what: 'deploying a revision', path: '/configuration/revisions/1', open: press('Deploy') },
  { what: 'going back to a revision', path: '/configuration/revisions/1', open: press('Go back to it') },
  { what: 'cancelling a deployment', path: '/configuration/deployments/:deployment', open: press('Cancel what waits') },
  { what: 'adding a dial plan', path: '/configuration/dial-plans', open: press('Add a dial plan') },
  { what: 'the login of a gateway', path: '/gateways/:other/configuration', open: press('Edit') },
  { what: 'the targets of an agent', path: '/agents/:agent', open: press('Edit targets') },
  { what: 'handing gateways over', path: '/agents/:agent', open: press('Hand over gateways') },
  { what: 'revoking an agent', path: '/agents/:agent', open: press('Revoke') },
];
