import type { VarBind } from '@loopstart/snmp';
import { expect, test } from 'vitest';
import { LiveMib } from './live-mib.ts';

const row = (oid: string, value: number): VarBind => ({ oid, value: { type: 'integer', value } });

function live(content: { rows: VarBind[]; validUntil: number; at: number }) {
  let encodings = 0;
  const mib = new LiveMib(
    {
      encode: () => {
        encodings++;
        return content.rows.map((varbind) => ({ ...varbind }));
      },
      validUntil: () => content.validUntil,
    },
    () => content.at,
  );
  return { mib, encodings: () => encodings };
}

test('encodes only when read, and not again while it is valid', () => {
  const content = { rows: [row('1.1', 5), row('1.2', 6)], validUntil: 100, at: 0 };
  const { mib, encodings } = live(content);
  expect(encodings()).toBe(0);
  expect(mib.get('1.1')).toEqual({ type: 'integer', value: 5 });
  expect(mib.next('1.1')?.oid).toBe('1.2');
  content.at = 99;
  expect(mib.next('1.2')).toBeUndefined();
  expect(encodings()).toBe(1);
  content.at = 100;
  expect(mib.get('1.2')).toBeDefined();
  expect(encodings()).toBe(2);
});

test('keeps its revision when what it encodes is the same, and grows it when not', () => {
  const content = { rows: [row('1.1', 5), row('1.2', 6)], validUntil: 0, at: 0 };
  const { mib } = live(content);
  const first = mib.revision;
  expect(mib.revision).toBe(first);
  content.rows = [row('1.1', 5), row('1.2', 7)];
  const second = mib.revision;
  expect(second).toBeGreaterThan(first);
  expect(mib.get('1.2')).toEqual({ type: 'integer', value: 7 });
  content.rows = [row('1.2', 7), row('1.3', 8)];
  expect(mib.revision).toBeGreaterThan(second);
  expect(mib.get('1.1')).toBeUndefined();
  expect(mib.next('1.2')).toEqual(row('1.3', 8));
});

test('a change from outside shows at once, before the end of the validity', () => {
  const content = { rows: [row('1.1', 5)], validUntil: Infinity, at: 0 };
  const { mib } = live(content);
  expect(mib.get('1.1')).toEqual({ type: 'integer', value: 5 });
  content.rows = [row('1.1', 9)];
  expect(mib.get('1.1')).toEqual({ type: 'integer', value: 5 });
  mib.changed();
  expect(mib.get('1.1')).toEqual({ type: 'integer', value: 9 });
});
