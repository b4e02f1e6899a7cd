import { describe, expect, test } from 'vitest';
import { LONG_RUNS } from './testing/long-runs.ts';
import { seeded, World } from './testing/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SEEDS = Array.from({ length: LONG_RUNS ? 20 : 6 }, (_, index) => index + 1);
const SOME_SEEDS = SEEDS.slice(0, LONG_RUNS ? 6 : 3);

function world(
  seed: number,
  shape: Partial<{ sites: number; gatewaysPerSite: number; portsPerGateway: number }> = {},
): World {
  return new World({ sites: 6, gatewaysPerSite: 3, portsPerGateway: 8, random: seeded(seed), ...shape });
}

/** Ten classes of faults: what is broken, and what a person must be told, no more and no less. */
const CLASSES: {
  name: string;
  break: (world: World, random: () => number) => string[];
  mend: (world: World) => void;
}[] = [
  {
    name: 'the agent of a site is lost',
    break: (one, random) => {
      const site = Math.floor(random() * 6);
      one.setOut(`agent:${site}`, true);
      return [`agent-silent@agent:a${site}`];
    },
    mend: (one) => [...one.out].forEach((name) => one.setOut(name, false)),
  },
  {
    name: 'the internet access of a site is cut, and the probe sees it',
    break: (one, random) => {
      const site = Math.floor(random() * 6);
      one.siteAnswers = () => false;
      one.setOut(`wan:${site}`, true);
      return [`site-wan-down@site:s${site}`];
    },
    mend: (one) => [...one.out].forEach((name) => one.setOut(name, false)),
  },
  {
    name: 'a gateway hangs',
    break: (one, random) => {
      const gateway = Math.floor(random() * 18);
      one.setOut(`gateway:${one.gateways[gateway]!.id}`, true);
      return [`gateway-unreachable@gateway:${one.gateways[gateway]!.id}`];
    },
    mend: (one) => [...one.out].forEach((name) => one.setOut(name, false)),
  },
  {
    name: 'the switch of a site fails',
    break: (one, random) => {
      const site = Math.floor(random() * 6);
      one.setOut(`lan:${site}`, true);
      return [`lan-segment-down@agent:a${site}`];
    },
    mend: (one) => [...one.out].forEach((name) => one.setOut(name, false)),
  },
  {
    name: 'one line goes out of service, told by a trap',
    break: (one, random) => {
      const gateway = Math.floor(random() * 18);
      const port = Math.floor(random() * 8);
      one.setPort(gateway, port, { dead: true }, true);
      return [`port-out-of-service@port:${one.gateways[gateway]!.id}/${port + 1}`];
    },
    mend: (one) =>
      one.gateways.forEach((gateway, index) =>
        gateway.ports.forEach((_, port) => one.setPort(index, port, { dead: false })),
      ),
  },
  {
    name: 'most lines of a gateway go out of service',
    break: (one, random) => {
      const gateway = Math.floor(random() * 18);
      for (let port = 0; port < 7; port += 1) one.setPort(gateway, port, { dead: true });
      return [`lines-failed-together@gateway:${one.gateways[gateway]!.id}`];
    },
    mend: (one) =>
      one.gateways.forEach((gateway, index) =>
        gateway.ports.forEach((_, port) => one.setPort(index, port, { dead: false })),
      ),
  },
  {
    name: 'a SIP server is lost for all gateways',
    break: (one) => {
      one.setOut('registrar:sip.example', true);
      return ['registrar-lost-together@shared:registrar:sip.example'];
    },
    mend: (one) => [...one.out].forEach((name) => one.setOut(name, false)),
  },
  {
    name: 'one line loses its registration',
    break: (one, random) => {
      const gateway = Math.floor(random() * 18);
      const port = Math.floor(random() * 8);
      one.setPort(gateway, port, { lost: true });
      return [`port-unregistered@port:${one.gateways[gateway]!.id}/${port + 1}`];
    },
    mend: (one) =>
      one.gateways.forEach((gateway, index) =>
        gateway.ports.forEach((_, port) => one.setPort(index, port, { lost: false })),
      ),
  },
  {
    name: 'gateways of one firmware crash at three sites',
    break: (one) => {
      for (const gateway of [0, 3, 6]) one.crash(gateway);
      return ['firmware-suspect@shared:firmware:M1 7.4'];
    },
    mend: (one) => [...one.out].forEach((name) => one.setOut(name, false)),
  },
  {
    name: 'two faults at once: a gateway at one site, the agent at another',
    break: (one, random) => {
      const site = Math.floor(random() * 5);
      one.setOut(`agent:${site}`, true);
      one.setOut(`gateway:g${site + 1}-1`, true);
      return [`agent-silent@agent:a${site}`, `gateway-unreachable@gateway:g${site + 1}-1`];
    },
    mend: (one) => [...one.out].forEach((name) => one.setOut(name, false)),
  },
];

describe('the root cause of ten classes of faults', () => {
  test.for(CLASSES)('$name', (fault) => {
    const wrong: string[] = [];
    for (const seed of SEEDS) {
      const random = seeded(seed * 7919);
      const one = world(seed).run(2 * MINUTE + Math.floor(random() * 60) * 1000);
      const expected = fault.break(one, random);
      one.run(5 * MINUTE);
      const told = one.announced.map(({ key }) => key);
      fault.mend(one);
      one.run(16 * MINUTE);
      const ended = one.resolved.map(({ key }) => key);
      const same = (keys: string[]) => keys.toSorted().join() === expected.toSorted().join();
      if (!same(told) || !same(ended) || one.announced.length !== expected.length)
        wrong.push(`seed ${seed}: told ${told.join(', ')}; ended ${ended.join(', ')}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('one outage is one page', () => {
  test.for([
    { what: 'site', name: 'power:2', lastsS: 240, told: 'agent-silent@agent:a2' },
    { what: 'site, for long', name: 'power:2', lastsS: 1800, told: 'agent-silent@agent:a2' },
    { what: 'gateway', name: 'gateway:g2-1', lastsS: 200, told: 'gateway-unreachable@gateway:g2-1' },
    { what: 'gateway that comes back at once', name: 'gateway:g2-1', lastsS: 8, told: 'gateway-rebooted@gateway:g2-1' },
  ])('the power of a $what goes and comes back: the restart is part of it', ({ name, lastsS, told }) => {
    for (const seed of SOME_SEEDS) {
      const one = world(seed)
        .run(2 * MINUTE)
        .setOut(name, true);
      one.run(lastsS * 1000).setOut(name, false);
      if (name.startsWith('gateway:')) one.crash(one.gateways.findIndex(({ id }) => name === `gateway:${id}`));
      one.run(16 * MINUTE);
      expect(
        one.announced.map(({ key }) => key),
        `seed ${seed}`,
      ).toEqual([told]);
      expect(
        one.resolved.map(({ key }) => key),
        `seed ${seed}`,
      ).toEqual([told]);
    }
  });

  test('a gateway that restarts again after an outage that was told is told of', () => {
    const one = world(3)
      .run(2 * MINUTE)
      .setOut('gateway:g2-1', true)
      .run(4 * MINUTE);
    const index = one.gateways.findIndex(({ id }) => id === 'g2-1');
    one
      .setOut('gateway:g2-1', false)
      .crash(index)
      .run(5 * MINUTE)
      .crash(index)
      .run(16 * MINUTE);
    const keys = ['gateway-unreachable@gateway:g2-1', 'gateway-rebooted@gateway:g2-1'];
    expect(one.announced.map(({ key }) => key)).toEqual(keys);
    expect(one.resolved.map(({ key }) => key)).toEqual(keys);
  });

  test('a short power cut that the agent outlives is told as that', () => {
    const one = world(4).run(2 * MINUTE);
    for (const gateway of [6, 7, 8]) one.crash(gateway);
    one.run(16 * MINUTE);
    expect(one.announced.map(({ key }) => key)).toEqual(['site-power-lost@site:s2']);
  });

  test.for(SOME_SEEDS)('a gateway dies while its site is cut off: told when the site is back (seed %i)', (seed) => {
    const one = world(seed)
      .run(2 * MINUTE)
      .setOut('wan:1', true)
      .run(3 * MINUTE);
    one
      .setOut('gateway:g1-0', true)
      .run(3 * MINUTE)
      .setOut('wan:1', false)
      .run(5 * MINUTE);
    expect(one.announced.map(({ key }) => key)).toEqual(['agent-silent@agent:a1', 'gateway-unreachable@gateway:g1-0']);
    one.setOut('gateway:g1-0', false).run(5 * MINUTE);
    expect(one.resolved.map(({ key }) => key)).toEqual(['agent-silent@agent:a1', 'gateway-unreachable@gateway:g1-0']);
  });

  test.for(SOME_SEEDS)('a site is cut off while a gateway of it is dead: two raises, two ends (seed %i)', (seed) => {
    const one = world(seed)
      .run(2 * MINUTE)
      .setOut('gateway:g1-0', true)
      .run(3 * MINUTE);
    one
      .setOut('wan:1', true)
      .run(3 * MINUTE)
      .setOut('gateway:g1-0', false)
      .run(MINUTE);
    one.setOut('wan:1', false).run(5 * MINUTE);
    const keys = ['gateway-unreachable@gateway:g1-0', 'agent-silent@agent:a1'];
    expect(one.announced.map(({ key }) => key)).toEqual(keys);
    expect(one.resolved.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  });

  test.for([
    { what: 'of one customer', sites: [0, 3], told: 'registrar-lost-together@shared:registrar:customer/c0' },
    { what: 'of all customers', sites: [0, 1, 2, 3, 4, 5], told: 'registrar-lost-together@shared:registrar:' },
  ])('gateways $what lose a SIP server of which nobody knows the name', ({ sites, told }) => {
    for (const seed of SOME_SEEDS) {
      const one = world(seed);
      one.registrarOf = () => null;
      one.run(2 * MINUTE);
      for (const site of sites) one.setOut(`registrar-of-site:${site}`, true);
      one.run(5 * MINUTE);
      expect(
        one.announced.map(({ key }) => key),
        `seed ${seed}`,
      ).toEqual([told]);
      for (const name of one.out) one.setOut(name, false);
      one.run(5 * MINUTE);
      expect(
        one.resolved.map(({ key }) => key),
        `seed ${seed}`,
      ).toEqual([told]);
    }
  });

  test('a site of 24 gateways of 24 ports is cut off', () => {
    const one = new World({ sites: 3, gatewaysPerSite: 24, portsPerGateway: 24, random: seeded(1) });
    one
      .run(MINUTE)
      .setOut('wan:1', true)
      .run(10 * MINUTE);
    expect(one.announced.map(({ key }) => key)).toEqual(['agent-silent@agent:a1']);
    one.setOut('wan:1', false).run(5 * MINUTE);
    expect(one.resolved.map(({ key }) => key)).toEqual(['agent-silent@agent:a1']);
  });

  test('the broker restarts under 2,000 agents: no page', () => {
    const one = new World({ sites: 2000, gatewaysPerSite: 1, portsPerGateway: 1, random: seeded(2) });
    one
      .run(30_000)
      .setOut('broker', true)
      .run(50_000)
      .setOut('broker', false)
      .run(4 * MINUTE);
    expect(one.announced).toEqual([]);
  });

  test('our own process restarts with its broker: no page', () => {
    const one = new World({ sites: 200, gatewaysPerSite: 1, portsPerGateway: 4, random: seeded(3) });
    one
      .run(MINUTE)
      .setOut('broker', true)
      .run(40_000)
      .restart(90_000)
      .run(5_000)
      .setOut('broker', false)
      .run(5 * MINUTE);
    expect(one.announced).toEqual([]);
  });

  test('a day of 2 % loss and a gap of 30 s each hour: no page', () => {
    const one = new World({ sites: 4, gatewaysPerSite: 2, portsPerGateway: 4, random: seeded(4) });
    one.lossShare = 0.02;
    for (let hour = 0; hour < 24; hour += 1) {
      one.run(HOUR - 30_000);
      const site = hour % 4;
      one.setOut(`wan:${site}`, true).run(30_000).setOut(`wan:${site}`, false);
    }
    expect(one.announced).toEqual([]);
  });
});

describe('what comes and goes', () => {
  test.for([
    { down: 30, up: 30 },
    { down: 50, up: 10 },
    { down: 10, up: 50 },
    { down: 58, up: 2 },
  ])('20 cycles of $down s down and $up s up are at most two notices', ({ down, up }) => {
    const one = world(5).run(MINUTE);
    for (let cycle = 0; cycle < 20; cycle += 1) {
      one.setPort(0, 0, { dead: true }, true).run(down * 1000);
      one.setPort(0, 0, { dead: false }, true).run(up * 1000);
    }
    one.run(10 * MINUTE);
    expect(one.announced.length + one.resolved.length).toBeLessThanOrEqual(2);
    expect(one.announced.length).toBe(one.resolved.length);
  });

  test.for([1, 2, 5])('after %i gaps that nobody was told of, an outage is told as soon as any other', (gaps) => {
    const toPage = (blips: number) => {
      const one = world(9).run(2 * MINUTE);
      for (let gap = 0; gap < blips; gap += 1) one.setOut('wan:1', true).run(36_000).setOut('wan:1', false).run(40_000);
      expect(one.announced).toEqual([]);
      const cutAt = one.now;
      one.setOut('wan:1', true).run(5 * MINUTE);
      expect(one.announced.map(({ key }) => key)).toEqual(['agent-silent@agent:a1']);
      return one.changes.find(({ change }) => change.type === 'announce')!.at - cutAt;
    };
    expect(toPage(gaps)).toBeLessThanOrEqual(toPage(0) + 15_000);
  });

  test('however it flapped before, what is down for longer than five minutes is told', () => {
    const one = world(6).run(MINUTE);
    for (let cycle = 0; cycle < 10; cycle += 1) {
      one.setPort(0, 0, { dead: true }, true).run(30_000);
      one.setPort(0, 0, { dead: false }, true).run(30_000);
    }
    const before = one.announced.length;
    one.setPort(0, 0, { dead: true }, true).run(5 * MINUTE + 5_000);
    expect(one.announced.length).toBe(before + 1);
    expect(one.announced.at(-1)?.flapping).toBe(true);
  });
});

describe('late data', () => {
  test.for([91_000, HOUR, 24 * HOUR])('readings %i ms old page nobody', (age) => {
    const one = world(7)
      .run(MINUTE)
      .late(0, age)
      .run(5 * MINUTE);
    expect(one.changes).toEqual([]);
  });
});

describe('random trouble, random maintenance, restarts at any moment', () => {
  test.for(Array.from({ length: LONG_RUNS ? 60 : 20 }, (_, index) => index + 1))('seed %i', (seed) => {
    const random = seeded(seed * 104_729);
    const one = world(seed, { sites: 3, gatewaysPerSite: 2, portsPerGateway: 4 }).run(MINUTE);
    const downSince = new Map<string, number>();
    const names = [
      ...[0, 1, 2].flatMap((site) => [`wan:${site}`, `agent:${site}`, `lan:${site}`]),
      ...one.gateways.map(({ id }) => `gateway:${id}`),
    ];
    let seenChanges = 0;
    for (let move = 0; move < 60; move += 1) {
      const pick = random();
      if (pick < 0.4) {
        const name = names[Math.floor(random() * names.length)]!;
        const out = !one.out.has(name);
        one.setOut(name, out);
        if (out) downSince.set(name, one.now);
        else downSince.delete(name);
      } else if (pick < 0.7) {
        one.setPort(
          Math.floor(random() * 6),
          Math.floor(random() * 4),
          { dead: random() < 0.5, lost: random() < 0.3 },
          random() < 0.5,
        );
      } else if (pick < 0.8) {
        const key = `site:s${Math.floor(random() * 3)}`;
        if (!one.maintenance.delete(key)) one.maintenance.set(key, { windowId: 'w', until: one.now + HOUR });
      } else if (pick < 0.9) one.restart();
      one.run(Math.floor(random() * 90) * 1000);
      for (const { at, change } of one.changes.slice(seenChanges)) {
        if (change.type !== 'announce') continue;
        const { where, kind, key } = change.record;
        const site = where.siteId?.slice(1);
        // In maintenance nobody is paged, whatever happened before or meanwhile.
        expect(one.maintenance.has(`site:${where.siteId}`), `${key} in maintenance`).toBe(false);
        // What is behind something that has been down for longer than it takes to notice pages nobody.
        const knownDown = (name: string) => at - (downSince.get(name) ?? at) > 100_000;
        const uplink = ['wan', 'agent'].some((what) => knownDown(`${what}:${site}`));
        if (kind !== 'agent-silent' && kind !== 'site-wan-down')
          expect(uplink, `${key} behind a silent site`).toBe(false);
        if (where.position !== null)
          expect(
            knownDown(`gateway:${where.gatewayId}`) || knownDown(`lan:${site}`),
            `${key} behind a dead gateway`,
          ).toBe(false);
      }
      seenChanges = one.changes.length;
      assertOneOpenEach(one);
    }
    for (const name of one.out) one.setOut(name, false);
    one.maintenance.clear();
    one.gateways.forEach((gateway, index) =>
      gateway.ports.forEach((_, port) => one.setPort(index, port, { dead: false, lost: false })),
    );
    one.run(10 * MINUTE);
    // Every raise that was told has its end, and nothing is left but the memory of flapping.
    expect(one.resolved.map(({ key }) => key).toSorted()).toEqual(one.announced.map(({ key }) => key).toSorted());
    expect([...one.state.records.values()].filter(({ phase }) => phase !== null)).toEqual([]);
    one.run(30 * MINUTE);
    expect(one.state.records.size).toBe(0);
  });
});

/** At any time at most one alert of a key is open: openings and endings alternate. */
function assertOneOpenEach(one: World): void {
  const open = new Set<string>();
  for (const { change } of one.changes) {
    const { key } = change.record;
    if (change.type === 'opened') {
      expect(open.has(key), `${key} opened twice`).toBe(false);
      open.add(key);
    }
    if (change.type === 'resolved') expect(open.delete(key), `${key} ended without having begun`).toBe(true);
  }
}
