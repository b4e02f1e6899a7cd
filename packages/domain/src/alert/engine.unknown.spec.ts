import { describe, expect, test } from 'vitest';
import { notLaterThan } from './alert-machine.ts';
import { seeded, START, World } from './testing/world.ts';

const MINUTE = 60_000;
const world = (seed: number, gatewaysPerSite = 3) =>
  new World({ sites: 2, gatewaysPerSite, portsPerGateway: 4, random: seeded(seed) });

describe('part of a network', () => {
  test('12 of 24 gateways that leave together are one page, and their lines none', () => {
    const one = world(1, 24).run(2 * MINUTE);
    for (let gateway = 0; gateway < 12; gateway += 1) one.setOut(`gateway:g0-${gateway}`, true);
    one.run(5 * MINUTE);
    expect(one.announced.map(({ key }) => key)).toEqual(['lan-segment-down@agent:a0']);
  });

  test('hides no dead line of a gateway that is still there', () => {
    const one = world(2, 24).run(2 * MINUTE);
    for (let gateway = 0; gateway < 12; gateway += 1) one.setOut(`gateway:g0-${gateway}`, true);
    one
      .run(5 * MINUTE)
      .setPort(20, 0, { dead: true }, true)
      .run(10_000);
    expect(one.announced.map(({ key }) => key)).toEqual([
      'lan-segment-down@agent:a0',
      'port-out-of-service@port:g0-20/1',
    ]);
  });
});

describe('what comes and goes for long', () => {
  const flapping = () => {
    const one = world(3).run(MINUTE);
    for (let cycle = 0; cycle < 60; cycle += 1) {
      one.setPort(0, 0, { dead: true }, true).run(30_000);
      one.setPort(0, 0, { dead: false }, true).run(30_000);
    }
    return one;
  };

  test('is told once more after twenty minutes, as flapping, and stays open while it flaps', () => {
    const one = flapping();
    expect(one.announced.map((record) => record.flapping)).toEqual([false, true]);
    expect(one.resolved).toHaveLength(1);
  });

  test('is over when it has been steady for five minutes', () => {
    const one = flapping().run(4 * MINUTE);
    expect(one.resolved).toHaveLength(1);
    one.run(2 * MINUTE);
    expect(one.resolved).toHaveLength(2);
  });
});

test('a clock that is set back by a day holds up no end', () => {
  const one = world(4).run(MINUTE);
  one.setPort(0, 0, { dead: true }, true).run(MINUTE);
  const [record] = one.state.records.values();
  const back = notLaterThan(record!, START - 86_400_000);
  expect(back.observedAt).toBe(START - 86_400_000);
  expect(back.openedAt).toBe(START - 86_400_000);
  expect(notLaterThan(record!, one.now)).toBe(record);
});
