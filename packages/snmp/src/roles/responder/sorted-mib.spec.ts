import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareOids } from '../../wire/oid.ts';
import { SortedMib } from './sorted-mib.ts';
import type { Oid, SnmpValue } from '../../wire/types.ts';

const oid = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 3 }).map((arcs) => `1.3.${arcs.join('.')}`);
const value = fc.nat().map((number): SnmpValue => ({ type: 'integer', value: number }));
const action = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), oid, value }),
  fc.record({ kind: fc.constant('delete' as const), oid }),
  fc.record({ kind: fc.constant('next' as const), oid }),
);

test('behaves as a plain list sorted by arcs, for any sequence of puts, deletes and lookups', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(oid, value)), fc.array(action, { maxLength: 60 }), (initial, actions) => {
      const model = new Map<Oid, SnmpValue>(initial);
      const mib = new SortedMib(initial.map(([name, content]) => ({ oid: name, value: content })));
      for (const step of actions) {
        const before = mib.revision;
        if (step.kind === 'put') {
          model.set(step.oid, step.value);
          mib.put(step.oid, step.value);
          expect(mib.revision).toBeGreaterThan(before);
        } else if (step.kind === 'delete') {
          expect(mib.delete(step.oid)).toBe(model.delete(step.oid));
        } else {
          const sorted = [...model.keys()].sort(compareOids);
          let at = step.oid;
          for (const expected of sorted.filter((name) => compareOids(name, step.oid) > 0)) {
            const next = mib.next(at);
            expect(next).toEqual({ oid: expected, value: model.get(expected) });
            at = expected;
          }
          expect(mib.next(at)).toBeUndefined();
          expect(mib.get(step.oid)).toEqual(model.get(step.oid));
        }
      }
      expect(mib.size).toBe(model.size);
      expect([...mib].map((varbind) => varbind.oid)).toEqual([...model.keys()].sort(compareOids));
    }),
  );
});
