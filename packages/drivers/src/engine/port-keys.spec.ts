import { bindPorts } from '@loopstart/domain';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readAll } from '../testing/support.ts';
import { parseSnmprec } from './snmprec.ts';

/** A gateway of an unknown vendor; `interfaces`: row index to ifType and ifName (null: none). */
function walk(interfaces: Record<number, [ifType: number, name: string | null]>, column = '31.1.1.1.1') {
  const rows = Object.entries(interfaces).flatMap(([index, [type, name]]) => [
    `1.3.6.1.2.1.2.2.1.3.${index}|2|${type}`,
    ...(name === null ? [] : [`1.3.6.1.2.1.${column}.${index}|4|${name}`]),
  ]);
  return readAll(
    parseSnmprec(['1.3.6.1.2.1.1.1.0|4|Voice box', '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.7', ...rows].join('\n')),
  ).ports;
}
const keys = (ports: ReturnType<typeof walk>) => ports.map(({ portKey }) => portKey);

describe('the key of a port', () => {
  test('is its ifName', () => {
    expect(keys(walk({ 10: [102, 'FXS-1:1'], 20: [101, 'FXO-2:1'] }))).toEqual(['name:FXS-1:1', 'name:FXO-2:1']);
  });

  test('is its ifDescr where there is no ifName', () => {
    expect(keys(walk({ 10: [102, 'Port 0/1'], 20: [102, 'Port 0/2'] }, '2.2.1.2'))).toEqual([
      'descr:Port 0/1',
      'descr:Port 0/2',
    ]);
  });

  test.for([
    ['one port has no name', { 10: [102, 'FXS-1:1'], 20: [102, null] }],
    ['two ports have the same name', { 10: [102, 'Analog'], 20: [102, 'Analog'] }],
  ] as [string, Record<number, [number, string | null]>][])('is its row where %s', ([, interfaces]) => {
    expect(keys(walk(interfaces))).toEqual(['index:10', 'index:20']);
  });
});

/** The number of each port after the second reading. */
function numbers(before: ReturnType<typeof walk>, after: ReturnType<typeof walk>) {
  const known = before.map((port) => ({ ...port, portKey: port.portKey ?? null }));
  const found = after.map((port) => ({ ...port, portKey: port.portKey ?? null }));
  const bound = bindPorts(known, found, 512);
  return Object.fromEntries(after.map((port, at) => [port.name, bound[at]?.position]));
}

test('a restart that renumbers rows moves no port to another number', () => {
  const before = walk({ 10: [102, 'FXS-1:1'], 20: [101, 'FXO-2:1'], 30: [102, 'FXS-3:1'] });
  const after = walk({ 10: [102, 'FXS-1:1'], 30: [102, 'FXS-3:1'], 40: [101, 'FXO-2:1'] });
  expect(numbers(before, after)).toEqual({ 'FXS-1:1': 1, 'FXO-2:1': 2, 'FXS-3:1': 3 });
});

const CASES = fileURLToPath(new URL('../../../../../shared/cases/', import.meta.url));
const absent = !existsSync(CASES);
if (absent) console.warn('skipped: ../shared is absent (cases of renumbered rows)');

test.skipIf(absent)('nor does an excerpt of a real one', () => {
  const read = (name: string) => readAll(parseSnmprec(readFileSync(`${CASES}${name}.snmprec`, 'utf8'))).ports;
  const found = numbers(read('renumbered-before'), read('renumbered-after'));
  expect(found).toEqual({ 'FXS-1:1': 1, 'FXO-2:1': 2, 'FXS-3:1': 3 });
});
