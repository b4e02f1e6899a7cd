import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiCaller, signedIn } from '../scripts/stack/api-caller.ts';
import { Clone, processesOf, readmeCommands, Running } from './lib/clone.ts';
import { portsOf } from './lib/ports.ts';
import { until } from './lib/stack.ts';

const BASE = portsOf('readme');
const API_URL = `http://127.0.0.1:${BASE + 1}`;
const FLAGS = `--port ${BASE} --api-port ${BASE + 1} --mqtt-port ${BASE + 2} --postgres-port ${BASE + 3} --demo-port ${BASE + 10}`;
/** Installing and building everything, on two cores that other tests use too. */
const FIRST_START_MS = 1_200_000;
const SEEN_MS = 120_000;
/** A sentence of the contracts that the API answers with: changed while `npm run dev` runs. */
const CHANGED = 'Sign in first.';
const BROKEN = ['major', 'critical'];
const ENDED = new Set(['succeeded', 'failed', 'refused', 'expired']);
const LIFE_SAFETY = new Set(['alarm-panel', 'lift-phone']);

/** Commands of the README that other tests run, and what they are for. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm test': 'this very run',
  'npm start -- --no-demo': 'launcher.e2e.spec.ts',
  'npm start -- --help': 'launcher.e2e.spec.ts',
  'npm run test:unit': 'this very run',
  'npm run test:mutation': 'this very run',
  'npm run check': 'this very run',
  'npm run bench': 'takes half an hour',
  'npm run bench -- ingest': 'takes minutes',
};

type GatewayDetail = z.output<typeof endpoints.getGateway.response>;

describe('the README, from a clone that holds nothing but what git holds', () => {
  const clone = new Clone();
  const typed = new Set<string>();
  let start: Running;
  let api: ApiCaller;

  /** Runs a command exactly as the README prints it. */
  const type = (command: string): Promise<string> => {
    expect(readmeCommands(), 'the README prints this command').toContain(command);
    typed.add(command);
    return clone.run(command);
  };
  const gateway = async (name: string): Promise<GatewayDetail> => {
    const found = (await api.all(endpoints.listGateways)).find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no gateway ${name}`);
    return api.call(endpoints.getGateway, { params: { gatewayId: found.id } });
  };
  const portOf = async (name: string, position: number) =>
    (await gateway(name)).portList.find((port) => port.position === position)!;

  beforeAll(async () => {
    typed.add('npm start');
    start = clone.start(`npm start -- ${FLAGS}`);
    await start.prints(/Ctrl-C stops everything/, FIRST_START_MS);
    api = await clone.signIn(start.output, BASE + 1);
  }, FIRST_START_MS + 60_000);

  afterAll(async () => {
    await start?.interrupt().catch(() => undefined);
    clone.remove();
  });

  test('npm start opens the console with the demo fleet: three customers, seven sites, gateways of seven vendors', async () => {
    const page = await fetch(`http://localhost:${BASE}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Loopstart')]);
    const overview = await api.call(endpoints.getOverview);
    expect({ customers: overview.customers, sites: overview.sites }).toEqual({ customers: 3, sites: 7 });
    const zones = new Set((await api.all(endpoints.listSites)).map((site) => site.timeZone));
    expect(zones.size).toBe(3);
    expect(new Set((await api.all(endpoints.listGateways)).map((one) => one.vendor)).size).toBe(7);
  });

  test('lines go off hook and are in use, on the gateways that the README names', async () => {
    const seen = new Set<string>();
    await until('a line that is off hook and one that rings or talks', 240_000, async () => {
      for (const name of ['hotel-tau36', 'store14-mp124'])
        for (const { hook, call } of (await gateway(name)).portList) {
          if (hook === 'off-hook') seen.add('off hook');
          if (call !== null && call !== 'idle') seen.add('in use');
        }
      return seen.size === 2 ? true : undefined;
    });
  });

  test('every agent is connected and reports its health', async () => {
    const agents = await api.all(endpoints.listAgents);
    expect(agents.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'online'));
  });

  test('an unplugged telephone is not detected, but a line test finds it, and passes once it is plugged in again', async () => {
    const { id: gatewayId } = await gateway('hotel-tau36');
    const before = await portOf('hotel-tau36', 3);
    /** Tests the line as often as it takes until it is idle, and the verdict is `wanted`. */
    const tested = (wanted: string) =>
      until(`a line test with the verdict ${wanted}`, 300_000, async () => {
        const body = { type: 'line-test', position: 3, idempotencyKey: randomUUID() } as const;
        const { id: actionId } = await api.call(endpoints.createAction, { params: { gatewayId }, body });
        const done = await until('its end', 120_000, async () => {
          const action = await api.call(endpoints.getAction, { params: { actionId } });
          return ENDED.has(action.state) ? action : undefined;
        });
        return done.lineTest?.verdict === wanted ? done.lineTest : undefined;
      });
    await type('npm run demo:fault -- hotel-tau36 3 unplug');
    expect((await tested('fail')).values.length).toBeGreaterThan(0);
    expect(BROKEN.includes(before.severity)).toBe(false);
    await clone.run('npm run demo:fault -- hotel-tau36 3 restore');
    await tested('pass');
  }, 700_000);

  test('a technician is invited to one customer and sees that one, a token reads only, and all of it is on record', async () => {
    // Signed in anew: these acts want a proof of the last minutes.
    const owner = await clone.signIn(start.output, BASE + 1);
    const [customer, other] = await owner.all(endpoints.listCustomers);
    await owner.call(endpoints.createOperator, {
      body: { name: 'Southline Voice', ownerEmail: 'owner@southline.example' },
    });
    const email = 'technician@loopstart.example';
    const limitedTo = { customerIds: [customer!.id], siteIds: [], tags: [] };
    await owner.call(endpoints.createInvitation, { body: { email, role: 'technician', limitedTo } });
    const mail = (await owner.call(endpoints.listMailbox)).items.find(({ to }) => to === email);
    const token = mail?.link?.split('#')[1] ?? '';
    const password = 'eleven brown kettles';
    await createClient({ base: API_URL, fetch })(endpoints.acceptInvitation, {
      body: { token, name: 'Tess Nicholls', password },
    });
    const technician = await signedIn(API_URL, email, password);
    expect((await technician.all(endpoints.listCustomers)).map(({ id }) => id)).toEqual([customer!.id]);
    const hidden = technician.call(endpoints.getCustomer, { params: { customerId: other!.id } });
    await expect(hidden).rejects.toMatchObject({ problem: { status: 404 } });

    const { secret } = await owner.call(endpoints.createToken, {
      body: { name: 'Wallboard', rights: { role: 'read-only' } },
    });
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const overview = await fetch(`${API_URL}/api/v1/overview`, { headers });
    expect(overview.status).toBe(200);
    const body = JSON.stringify({ name: 'Never' });
    const write = await fetch(`${API_URL}/api/v1/customers`, { method: 'POST', headers, body });
    expect(write.status).toBe(403);

    const onRecord = (await owner.all(endpoints.listAudit)).map(({ verb, subject }) => `${verb} ${subject.type}`);
    expect(onRecord).toEqual(expect.arrayContaining(['create invitation', 'join user', 'create api-token']));
  });

  // Each of another gateway or site, or at least of another line: they wait beside each other.
  describe.concurrent('faults and actions', () => {
    test('a broken line circuit shows on its port and in the overview, and is over once it is mended', async () => {
      expect(BROKEN).not.toContain((await portOf('hotel-tau36', 2)).severity);
      await type('npm run demo:fault -- hotel-tau36 2 hardware-failure');
      await until('port 2 is broken', SEEN_MS, async () =>
        BROKEN.includes((await portOf('hotel-tau36', 2)).severity) ? true : undefined,
      );
      await until('the overview names it', SEEN_MS, async () =>
        (await api.call(endpoints.getOverview)).causes.some(({ first }) =>
          first.some((line) => line.gatewayName === 'hotel-tau36' && line.position === 2),
        )
          ? true
          : undefined,
      );
      const { id: gatewayId } = await gateway('hotel-tau36');
      const history = await api.call(endpoints.getPortHistory, { params: { gatewayId, position: 2 }, query: {} });
      expect(history.items.length, 'the timeline shows the change').toBeGreaterThan(0);
      await type('npm run demo:fault -- hotel-tau36 2 restore');
      await until('port 2 works', SEEN_MS, async () =>
        BROKEN.includes((await portOf('hotel-tau36', 2)).severity) ? undefined : true,
      );
    });

    test('an idle port is locked, seen locked by the gateway, and a port in use is refused with the reason', async () => {
      const { id: gatewayId } = await gateway('hotel-tau36');
      const ask = (action: 'lock-port' | 'unlock-port', position: number) =>
        api.call(endpoints.createAction, {
          params: { gatewayId },
          body: { type: action, position, idempotencyKey: randomUUID() },
        });
      const isFree = (port: GatewayDetail['portList'][number]) =>
        port.call === 'idle' &&
        port.hook === 'on-hook' &&
        !LIFE_SAFETY.has(port.lineDeviceClass) &&
        // Broken and mended meanwhile.
        port.position !== 2;
      const locked = await until('an idle port was locked', 180_000, async () => {
        const port = (await gateway('hotel-tau36')).portList.find(isFree);
        if (port === undefined) return undefined;
        const { id: actionId } = await ask('lock-port', port.position);
        const done = await until('the lock ends', 60_000, async () => {
          const action = await api.call(endpoints.getAction, { params: { actionId } });
          return ENDED.has(action.state) ? action : undefined;
        });
        return done.state === 'succeeded' ? port.position : undefined;
      });
      await until('the gateway says that it is locked', SEEN_MS, async () =>
        (await portOf('hotel-tau36', locked)).admin === 'locked' ? true : undefined,
      );
      await ask('unlock-port', locked);

      const refusal = await until('a port in use', 240_000, async () => {
        const busy = (await gateway('hotel-tau36')).portList.find((port) => port.hook === 'off-hook');
        if (busy === undefined) return undefined;
        return ask('lock-port', busy.position).then(
          () => undefined,
          (error: Error) => error.message,
        );
      });
      expect(refusal).toMatch(/off the hook|call|in use|rings/i);
    });

    test('a gateway that hangs is unreachable, its lines unknown and not down, and restore brings it back', async () => {
      await type('npm run demo:fault -- store14-mp124 - hang');
      const hung = await until('it is unreachable', 180_000, async () => {
        const one = await gateway('store14-mp124');
        return one.reachability === 'unreachable' ? one : undefined;
      });
      expect(hung.ports).toMatchObject({ unknown: hung.ports.total, major: 0, critical: 0 });
      await clone.run('npm run demo:fault -- store14-mp124 - restore');
      await until('it answers again', 180_000, async () =>
        (await gateway('store14-mp124')).reachability === 'reachable' ? true : undefined,
      );
    });

    test('a site that is cut off is one incident, signed: raised, acknowledged, resolved; nothing behind it is notified', async () => {
      const made = await api.call(endpoints.createChannel, {
        body: { kind: 'webhook', name: 'Receiver', url: 'http://127.0.0.1:9099/hook' },
      });
      typed.add('npm run demo:receiver -- whsec_…');
      const receiver = clone.start(`npm run demo:receiver -- ${made.signingSecret}`);
      try {
        await receiver.prints(/Waiting for webhooks/, 240_000);
        await api.call(endpoints.testChannel, { params: { channelId: made.channel.id } });
        await receiver.prints(/endpoint\.test .*signature good/, 60_000);

        await type('npm run demo:fault -- "Beech Court, Leeds" - cut');
        const raised = await receiver.prints(/incident\.raised .*Beech Court, Leeds.*Agent silent.*/, 90_000);
        const incident = (await api.all(endpoints.listIncidents, { attention: 'active' })).find(
          ({ place, kind }) => place.site?.name === 'Beech Court, Leeds' && kind === 'agent-silent',
        )!;
        expect(raised).toContain(`#${incident.number} `);
        expect(incident.affected).toMatchObject({ gateways: 2 });
        await api.call(endpoints.acknowledgeIncident, { params: { incidentId: incident.id }, body: {} });
        await receiver.prints(new RegExp(`incident\\.acknowledged .*#${incident.number} `), 60_000);

        await type('npm run demo:fault -- beech-vega50 2 hardware-failure');
        await type('npm run demo:fault -- "Beech Court, Leeds" - restore');
        await receiver.prints(new RegExp(`incident\\.resolved .*#${incident.number} `), 180_000);
        const before = receiver.output.slice(0, receiver.output.search(new RegExp(`resolved .*#${incident.number} `)));
        expect(before, 'no one is notified of a line whose state is unknown').not.toContain('beech-vega50');
        await receiver.prints(/incident\.raised .*beech-vega50.*/, 240_000);
        await clone.run('npm run demo:fault -- beech-vega50 2 restore');
        await receiver.prints(/incident\.resolved .*beech-vega50.*/, 240_000);
        expect(receiver.output).not.toContain('refused:');
      } finally {
        await receiver.interrupt().catch(() => undefined);
      }
    });
  });

  test('Ctrl-C stops everything and leaves no process behind', async () => {
    await start.interrupt();
    expect(start.output).toContain('Stopping');
    await until('no process is left', 60_000, () =>
      Promise.resolve(processesOf(clone.folder).length === 0 ? true : undefined),
    );
  });

  test('a change of a source is built and started again by npm run dev', async () => {
    typed.add('npm run dev');
    const dev = clone.start(`npm run dev -- --no-demo ${FLAGS}`);
    try {
      await dev.prints(/Ctrl-C stops everything/, 240_000);
      const file = join(clone.folder, 'packages/contracts/src/http/problem.ts');
      const served = () => fetch(`http://127.0.0.1:${BASE + 1}/api/v1/overview`).then((response) => response.text());
      const source = readFileSync(file, 'utf8');
      expect(source).toContain(CHANGED);
      writeFileSync(file, source.replace(CHANGED, `${CHANGED} (changed)`));
      await until('the running API answers with the change', 240_000, async () =>
        (await served()).includes(`${CHANGED} (changed)`) ? true : undefined,
      );
      expect((await fetch(`http://localhost:${BASE}/sign-in`)).status).toBe(200);
    } finally {
      await dev.interrupt();
    }
    await until('no process is left', 60_000, () =>
      Promise.resolve(processesOf(clone.folder).length === 0 ? true : undefined),
    );
  }, 600_000);

  test('every command of the README was typed here, or is run elsewhere', () => {
    const left = readmeCommands().filter((command) => !typed.has(command) && !(command in ELSEWHERE));
    expect(left).toEqual([]);
  });
});
