/**
 * How long until an operator sees it: from the moment a simulated gateway sends its trap to the moment the port on an
 * open page has changed, through agent, outbox, MQTT, ingest, database, live stream and browser.
 *
 *     npm run bench -- live [--rounds 60]
 *
 * The reference in the same run is a round trip from the same page to the API's health check.
 */
import { parseArgs } from 'node:util';
import { endpoints } from '@loopstart/contracts';
import { DESKTOP, hasChromium, launchBrowser, signedInContext } from './lib/browser.ts';
import { portsOf } from './lib/ports.ts';
import { startStack, until } from './lib/stack.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '60' } } });
const rounds = Number(values.rounds);
const GATEWAY = 'beech-vega50';
const POSITION = 2;

if (!hasChromium) {
  console.log('skipped: there is no chromium on this machine');
} else {
  const stack = await startStack(portsOf('live-bench'), { demo: true });
  const browser = await launchBrowser();
  try {
    const api = await stack.api();
    const gateway = (await api.all(endpoints.listGateways)).find((one) => one.name === GATEWAY);
    if (gateway === undefined) throw new Error(`the demo has no gateway ${GATEWAY}`);
    const context = await signedInContext(browser, stack, { colorScheme: 'light', viewport: DESKTOP });
    const page = await context.newPage();
    await page.goto(`${stack.webUrl}/gateways/${gateway.id}/ports/${POSITION}`);
    // The page itself notes when its text changes; polling from here would add its own delay.
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => {
      const seen = globalThis as unknown as { changedAt: number };
      seen.changedAt = 0;
      new MutationObserver(() => {
        if (seen.changedAt === 0 && /out of service/i.test(document.body.innerText))
          seen.changedAt = performance.timeOrigin + performance.now();
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    const reference = await page.evaluate(async () => {
      const times: number[] = [];
      for (let index = 0; index < 30; index += 1) {
        const started = performance.now();
        await fetch('/api/v1/session');
        times.push(performance.now() - started);
      }
      return times.sort((a, b) => a - b)[15] ?? 0;
    });

    const delays: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const port = () => api.call(endpoints.getPort, { params: { gatewayId: gateway.id, position: POSITION } });
      await until('the line is in service', 60_000, async () =>
        (await port()).oper === 'in-service' ? true : undefined,
      );
      await page
        .getByText(/out of service/i)
        .first()
        .waitFor({ state: 'hidden', timeout: 60_000 })
        .catch(() => undefined);
      await page.evaluate(() => ((globalThis as unknown as { changedAt: number }).changedAt = 0));
      const started = Date.now();
      await stack.fault(GATEWAY, POSITION, 'hardware-failure', true);
      const changedAt = await until('the page shows it', 60_000, async () => {
        const at = await page.evaluate(() => (globalThis as unknown as { changedAt: number }).changedAt);
        return at === 0 ? undefined : at;
      });
      delays.push(changedAt - started);
      await stack.fault(GATEWAY, POSITION, 'hardware-failure', false);
    }
    delays.sort((a, b) => a - b);
    const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN;
    console.log(
      `fault ordered to changed port in an open page, ${rounds} rounds: median ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms`,
    );
    console.log(
      `reference, page to API and back: ${reference.toFixed(1)} ms; ratio of medians ${(at(0.5) / reference).toFixed(1)}`,
    );
  } finally {
    await browser.close();
    await stack.stop();
    stack.removeData();
  }
}
