import type { PortInfo } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { boundPorts } from './bound-ports.ts';

const info = (position: number, key: string, name: string): PortInfo => ({
  position,
  key,
  portKey: `name:${name}`,
  kind: 'fxs',
  name,
  number: null,
  signalling: null,
  impedance: null,
  countryProfile: null,
  codecs: null,
  t38: null,
});
const summary = (ports: readonly { position: number; name: string | null }[]) =>
  ports.map(({ position, name }) => `${position} ${name}`);

describe('the ports that an agent remembers', () => {
  const first = boundPorts([], [info(1, '10', 'A'), info(2, '20', 'B'), info(3, '30', 'C')]);

  test('are those it found', () => {
    expect(summary(first.ports)).toEqual(['1 A', '2 B', '3 C']);
    expect(summary(first.remembered)).toEqual(['1 A', '2 B', '3 C']);
  });

  test('are in the order of their numbers, read by the row they have now', () => {
    const { ports } = boundPorts(first.remembered, [info(1, '10', 'A'), info(2, '30', 'C'), info(3, '40', 'B')]);
    expect(ports.map(({ position, key }) => [position, key])).toEqual([
      [1, '10'],
      [2, '40'],
      [3, '30'],
    ]);
  });

  test('do not match rows where the names were not answered', () => {
    const unnamed = (position: number, key: string) => ({
      ...info(position, key, ''),
      portKey: `index:${key}`,
      name: null,
    });
    expect(boundPorts(first.remembered, [unnamed(1, '20'), unnamed(2, '10')])).toMatchObject({ comparable: false });
    expect(first).toMatchObject({ comparable: true });
    expect(boundPorts([], [unnamed(1, '20')])).toMatchObject({ comparable: true });
  });

  test('are kept while a port is absent', () => {
    const away = boundPorts(first.remembered, [info(1, '10', 'A'), info(2, '30', 'C')]);
    expect(summary(away.ports)).toEqual(['1 A', '3 C']);
    const back = boundPorts(away.remembered, [info(1, '5', 'B'), info(2, '10', 'A'), info(3, '30', 'C')]);
    expect(summary(back.ports)).toEqual(['1 A', '2 B', '3 C']);
  });
});
