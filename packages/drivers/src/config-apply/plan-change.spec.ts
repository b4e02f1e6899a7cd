import { describe, expect, test } from 'vitest';
import { grandstream } from './grandstream.ts';
import { type JobChange, planChange } from './plan-change.ts';

const FILE = new TextEncoder().encode(
  '<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1"><config version="1">\n<P47>a.example</P47>\n<P967></P967>\n</config></gs_provision>\n',
);
const set = (key: string, value: string): JobChange => ({ kind: 'set', key, value });

describe('a change of a unit that exports every key', () => {
  test('leaves out what must be empty and is not there', () => {
    const plan = planChange(grandstream, FILE, [set('P47', 'b.example'), set('P987', ''), set('P967', '')], null);
    if ('refused' in plan) throw new Error(plan.detail);
    expect(plan.after).toEqual([
      { key: 'P47', value: 'b.example', secret: false },
      { key: 'P967', value: '', secret: false },
    ]);
    expect(plan.forth).not.toContain('P987');
    expect(plan.before.find(({ key }) => key === 'P47')?.value).toBe('a.example');
  });

  test('is refused where it needs a key that the unit does not have', () => {
    expect(planChange(grandstream, FILE, [set('P987', 'c.example')], null)).toEqual({
      refused: 'malformed',
      detail: 'This unit has no setting P987.',
    });
  });
});
