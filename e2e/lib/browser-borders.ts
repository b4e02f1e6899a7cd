import { endpoints } from '@loopstart/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from './browser.ts';
import { ForeignSite } from './foreign-site.ts';
import type { Stack } from './stack.ts';

/** What keeps others out of a signed-in browser, as Chromium itself enforces it. */
export function describeBorders(get: () => { browser: Browser; stack: Stack }): void {
  describe('the borders of a signed-in browser', () => {
    let foreign: ForeignSite;
    let context: BrowserContext;
    let page: Page;
    let web: string;

    beforeAll(async () => {
      const { browser, stack } = get();
      web = stack.webUrl;
      foreign = await ForeignSite.start();
      context = await browser.newContext();
      page = await context.newPage();
      await signIn(page, stack);
    });
    afterAll(async () => {
      await context?.close();
      await foreign?.stop();
    });

    const customers = async () => {
      const { items } = await (await get().stack.api()).call(endpoints.listCustomers, { query: { limit: 500 } });
      return items.map(({ name }) => name);
    };

    test('a page runs no script and loads nothing that is not its own', async () => {
      const response = await page.goto(`${web}/`);
      const headers = response!.headers();
      expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe-inline|unsafe-eval/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      const refused = await page.evaluate(async (elsewhere) => {
        const seen: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
        // As an injection brings them: in markup, in an address, in a document of its own.
        const injected = document.createElement('div');
        injected.innerHTML = `<img src="/none" onerror="globalThis.broken = true"><a href="javascript:void (globalThis.broken = true)">x</a>
          <iframe srcdoc="<script>parent.broken = true</script>"></iframe>`;
        document.body.append(injected);
        injected.querySelector('a')!.click();
        const image = document.createElement('img');
        image.src = elsewhere;
        document.body.append(image);
        await fetch(elsewhere, { mode: 'no-cors' }).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { seen: [...new Set(seen)].sort(), broken: 'broken' in globalThis };
      }, foreign.url);
      expect(refused).toEqual({
        seen: ['connect-src', 'img-src', 'script-src-attr', 'script-src-elem'],
        broken: false,
      });
    });

    test('the cookie of a session is for no script and no other site', async () => {
      const cookies = await context.cookies(web);
      const session = cookies.filter(({ httpOnly }) => httpOnly);
      expect(session.length).toBeGreaterThan(0);
      for (const cookie of session) expect(cookie).toMatchObject({ sameSite: 'Lax', path: '/', domain: 'localhost' });
      const readable = await page.evaluate(() => document.cookie);
      for (const { name, value } of session) {
        expect(readable).not.toContain(name);
        expect(readable).not.toContain(value);
      }
    });

    test('a form of another site changes nothing, and neither do its scripts', async () => {
      const before = await customers();
      foreign.html = `<form method="post" enctype="text/plain" action="${web}${endpoints.createCustomer.path}">
        <input name='{"name":"Forged","x":"' value='"}'></form><script>document.forms[0].submit()</script>`;
      const other = await context.newPage();
      const [answer] = await Promise.all([
        other.waitForResponse((response) => response.url().startsWith(web)),
        other.goto(foreign.url),
      ]);
      expect(answer.status()).toBeGreaterThanOrEqual(400);
      foreign.html = '';
      await other.goto(foreign.url);
      const read = await other.evaluate(
        async ([url]) => {
          const send = (init: RequestInit) =>
            fetch(url!, { credentials: 'include', ...init }).then(
              (response) => response.type,
              () => 'refused',
            );
          const body = JSON.stringify({ name: 'Forged' });
          return [
            await send({ method: 'GET' }),
            await send({ method: 'POST', body, headers: { 'content-type': 'application/json' } }),
            await send({ method: 'POST', body, headers: { 'x-loopstart-csrf': '1' } }),
            // A browser sends this one without asking first; the answer it keeps from the page.
            await send({ method: 'POST', body, mode: 'no-cors' }),
          ];
        },
        [`${web}${endpoints.createCustomer.path}`],
      );
      expect(read).toEqual(['refused', 'refused', 'refused', 'refused']);
      expect(await customers()).toEqual(before);
      await other.close();
    });

    test('a change without the header of the console is refused in the same site, too', async () => {
      await page.goto(`${web}/`);
      const status = await page.evaluate(async (url) => {
        const body = JSON.stringify({ name: 'Forged' });
        return (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status;
      }, `${web}${endpoints.createCustomer.path}`);
      expect(status).toBe(403);
    });

    test('no other site shows the console in a frame', async () => {
      foreign.html = `<iframe id="inside" src="${web}/"></iframe>`;
      const other = await context.newPage();
      await other.goto(foreign.url, { waitUntil: 'load' });
      const frame = other.frames().find((one) => one !== other.mainFrame());
      expect(frame?.url() ?? '').not.toContain(web);
      expect(await frame?.locator('nav').count()).toBe(0);
      await other.close();
    });

    test('answers say how many requests are left', async () => {
      await page.goto(`${web}/`);
      const limits = await page.evaluate(async (url) => {
        const { headers } = await fetch(url);
        return [headers.get('ratelimit-policy'), headers.get('ratelimit')];
      }, `${web}${endpoints.getOverview.path}`);
      expect(limits[0]).toMatch(/;q=\d+/);
      expect(limits[1]).toMatch(/;r=\d+/);
    });
  });
}
