import { endpoints } from '@loopstart/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { FLEET_DIALOGS } from './lib/dialogs.ts';
import { unreachedByKeyboard } from './lib/keyboard.ts';
import { plantConfiguration } from './lib/planted-configuration.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack } from './lib/stack.ts';

const GATEWAY = 'beech-vega50';
/** Another one, to compare it with. */
const OTHER = 'beech-ht814';

describe.skipIf(!hasChromium)('every page, light and dark, on a desktop and on a phone', () => {
  let stack: Stack;
  let browser: Browser;
  /** One for all: a tab of its own for each would take longer to open than the look at it. */
  let page: Page;
  let some: Record<'gateway' | 'other' | 'site' | 'customer' | 'agent' | 'draft' | 'deployment', string>;
  /** A page at a path in which `:gateway`, `:other`, `:site` and so on stand for one of each. */
  const opened = async (path: string): Promise<Page> => {
    await page.setViewportSize(DESKTOP);
    await page.goto(
      stack.webUrl + Object.entries(some).reduce((filled, [kind, id]) => filled.replace(`:${kind}`, id), path),
    );
    return page;
  };

  beforeAll(async () => {
    stack = await startStack(portsOf('looks'), { demo: true });
    browser = await launchBrowser();
    const api = await stack.api();
    const { all } = api;
    const [site, agent] = [(await all(endpoints.listSites))[0], (await all(endpoints.listAgents))[0]];
    const gateway = (await all(endpoints.listGateways)).find(({ name }) => name === GATEWAY);
    const another = (await all(endpoints.listGateways)).find(({ name }) => name === OTHER);
    if (site === undefined || agent === undefined || gateway === undefined || another === undefined)
      throw new Error('the demo lacks sites, agents or gateways');
    const planted = await plantConfiguration(api, { customer: another.customer.id, gateway: another.id });
    some = {
      gateway: gateway.id,
      other: another.id,
      site: site.id,
      customer: site.customer.id,
      agent: agent.id,
      ...planted,
    };
    page = await (await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP })).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    stack?.removeData();
  });

  test.each([
    '/',
    '/customers',
    '/sites',
    '/gateways',
    '/gateways/:gateway',
    '/gateways/:gateway/ports/2',
    // A search and a filter, so that there are rows of one gateway and not of the whole fleet to look at.
    `/ports?q=${GATEWAY}&vendor=Sangoma`,
    '/events',
    '/agents',
    '/agents/add',
    '/drivers',
    '/settings/audit',
    '/settings/audit/streams',
    '/settings/organisation',
    '/settings/preferences',
    '/settings/people',
    '/settings/profile',
    '/settings/security',
    '/settings/single-sign-on',
    '/settings/tokens',
    '/settings/mailbox',
    '/calls',
    '/settings/roles',
    '/settings/operators',
    '/settings/library',
    '/settings/usage',
    '/alerting/deliveries',
    '/configuration',
    '/configuration?layer=site',
    '/configuration/lines?which=customer&customerId=:customer',
    '/configuration/dial-plans',
    '/configuration/compare?one=:gateway&other=:other&show=all',
    '/configuration/revisions/compare',
    '/configuration/drafts',
    '/configuration/drafts/:draft',
    '/configuration/revisions',
    '/configuration/revisions/1',
    '/configuration/deployments',
    '/configuration/deployments/:deployment',
    '/configuration/drift',
    '/gateways/:other/configuration',
    '/gateways/:other/ports/1',
  ])('%s has no accessibility finding and nothing beyond its width', async (path) => {
    const page = await opened(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('load');
    expect(await lookFindings(page)).toEqual([]);
  });

  test.each([
    '/settings/security',
    '/settings/people',
    '/settings/profile',
    '/settings/library',
    '/settings/single-sign-on',
    '/settings/audit/streams',
    '/configuration',
    '/configuration/lines?which=gateway&gatewayId=:gateway',
    '/configuration/dial-plans',
    '/configuration/compare?one=:gateway&other=:other&show=all',
    '/configuration/drafts',
    '/configuration/drafts/:draft',
    '/configuration/revisions',
    '/configuration/revisions/1',
    '/configuration/revisions/compare',
    '/configuration/deployments',
    '/configuration/drift',
    '/gateways/:other/configuration',
  ])('the keyboard reaches everything of %s that can be pressed or filled, in sight', async (path) => {
    const page = await opened(path);
    await isLive(page);
    expect(await unreachedByKeyboard(page)).toEqual([]);
  });

  test.each(FLEET_DIALOGS)('$what: no accessibility finding', async ({ path, open }) => {
    const page = await opened(path);
    await isLive(page);
    await open(page);
    expect(await lookFindings(page, ABOVE_THE_PAGE)).toEqual([]);
  });

  test('no page threw, and the policy of none refused anything', () => {
    expect(pageFaults).toEqual([]);
  });
});
