import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Stack } from './stack.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** False where this machine has no Chromium; the browser tests then say that they are skipped. */
export const hasChromium = CHROMIUM !== undefined;

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A headless browser that talks to nobody but the pages it is given. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Signs in through the form. */
export async function signIn(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${stack.webUrl}/sign-in`);
  await page.getByLabel(/e-?mail/i).fill(stack.email);
  await page.getByLabel(/^password/i).fill(stack.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Waits until the scripts of a page run: what is pressed before is pressed in vain. */
export const isLive = (page: Page): Promise<void> =>
  page.getByRole('status').getByText(/^Live/).waitFor({ timeout: 30_000 });

/** Opens a page of the console and waits until its scripts run. */
export async function openLive(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await isLive(page);
}

/** What the policy of a page (its CSP) refused, and what threw, in any context of `signedInContext`: faults of pages. */
export const pageFaults: string[] = [];

/** A context that is signed in, in a theme and size. */
export async function signedInContext(
  browser: Browser,
  stack: Stack,
  look: { colorScheme: 'light' | 'dark'; viewport: { width: number; height: number } },
): Promise<BrowserContext> {
  const context = await browser.newContext({ ...look, reducedMotion: 'reduce' });
  context.on('console', (message) => {
    const text = message.text();
    if (text.includes('Content Security Policy')) pageFaults.push(`${message.page()?.url() ?? 'a page'}: ${text}`);
  });
  context.on('weberror', (thrown) => pageFaults.push(`${thrown.page()?.url() ?? 'a page'}: ${thrown.error().message}`));
  const page = await context.newPage();
  await signIn(page, stack);
  await page.close();
  return context;
}

/** What opens above a page: examined by itself, since the page below has its own test. */
export const ABOVE_THE_PAGE = '[role="dialog"], [role="alertdialog"], [role="menu"]';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Violations of WCAG 2.2 AA that axe finds, as short lines; with `rules`, of these rules only; below `within` only. Our
 * pages have no frames, so that axe runs in the page itself, injected once.
 */
export async function axeViolations(page: Page, rules?: string[], within?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const asked = {
    within,
    options: {
      runOnly: rules === undefined ? { type: 'tag', values: WCAG_22_AA } : { type: 'rule', values: rules },
      resultTypes: ['violations'],
    } satisfies axe.RunOptions,
  };
  return page.evaluate(async ({ within, options }) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await inPage.run(within === undefined ? document : { include: [within] }, options);
    return violations.map(
      ({ id, nodes, help }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')} (${help})`,
    );
  }, asked);
}

/** How many pixels the page is wider than the window; 0 or less where nothing sticks out. */
export function beyondWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Parts that are drawn by script get so long to follow a change of theme. */
const REDRAWN_MS = 150;

/** Switches the theme, at once: what comes in live may keep a page in transition for ever. */
export async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
    document.adoptedStyleSheets = [still];
  });
  await page.emulateMedia({ colorScheme });
  await page.waitForTimeout(REDRAWN_MS);
}

/**
 * What is wrong with a page as it stands, or with what is `within` it, in both themes on a desktop and on a phone; empty
 * where nothing is.
 */
export async function lookFindings(page: Page, within?: string): Promise<string[]> {
  const findings: string[] = [];
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    await inTheme(page, 'light');
    findings.push(...(await axeViolations(page, undefined, within)).map((one) => `light on a ${size}: ${one}`));
    const beyond = await beyondWidth(page);
    if (beyond > 0) findings.push(`${beyond} px wider than a ${size}`);
    // The theme changes colours and nothing else.
    await inTheme(page, 'dark');
    findings.push(...(await axeViolations(page, ['color-contrast'], within)).map((one) => `dark on a ${size}: ${one}`));
  }
  return findings;
}
