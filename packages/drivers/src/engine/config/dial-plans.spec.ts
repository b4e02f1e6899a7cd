import { type DialPlan, type DialRule, parsePattern, siteEmergencyNumbers } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { eltexTau } from '../../vendors/eltex/eltex-tau.driver.ts';
import { grandstreamHt } from '../../vendors/grandstream/grandstream.driver.ts';
import { type DialPlanFault, dialPlanMaps, type PlannedLine } from './dial-plans.ts';
import { renderConfig } from './render.ts';

const HT814 = { model: 'HT814', firmware: null };

function rule(pattern: string, more: Partial<DialRule> = {}): DialRule {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw new Error(`${pattern} cannot be read`);
  const { pattern: match, strip } = parsed;
  return {
    id: pattern,
    label: pattern,
    match,
    strip,
    timer: 'none',
    prepend: '',
    class: 'other',
    action: 'send',
    ...more,
  };
}
const planOf = (...rules: DialRule[]): DialPlan => ({
  outsideLineDigit: null,
  rules,
  emergencyNumbers: siteEmergencyNumbers('GB'),
  interDigitTimeoutMs: 4000,
  shortTimeoutMs: 2000,
  sendKey: '#',
});
const line = (position: number, plan: DialPlan, more: Partial<PlannedLine> = {}): PlannedLine => ({
  position,
  plan,
  service: { blocked: [] },
  alarmReceivers: [],
  liftCentres: [],
  ...more,
});

/** What stops a plan; that this vendor waits before it sends is a difference, and stops nothing. */
const stops = (faults: readonly DialPlanFault[]) => faults.filter(({ kind }) => kind !== 'differs');

const EMERGENCY = [rule('112', { class: 'emergency' }), rule('999', { class: 'emergency' })];
const GOOD = planOf(...EMERGENCY, rule('0x{9,10}', { class: 'national', timer: 'short' }));

describe('dial plans of a gateway', () => {
  test('a number that does not get out is named once for each form in which it is dialled', () => {
    const noRuleFor999 = { ...planOf(EMERGENCY[0]!), outsideLineDigit: '9' };
    const { faults } = dialPlanMaps(grandstreamHt, HT814, [line(1, noRuleFor999)]);
    const said = faults.flatMap(({ kind, detail }) => (kind === 'emergency' ? [detail] : []));
    const naming = (dialled: string) => said.filter((detail) => detail.startsWith(`"${dialled}"`)).length;
    expect(['999', '9999', '112', '9112'].map(naming)).toEqual([1, 1, 0, 1]);
  });

  test('are compiled for each port, and written with its settings', () => {
    const { maps, faults } = dialPlanMaps(grandstreamHt, HT814, [line(1, GOOD), line(2, GOOD)]);
    expect(stops(faults)).toEqual([]);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['differs']));
    const ports = [1, 2].map((position) => ({ position, settings: {}, dialPlan: maps.get(position)! }));
    const { changes, refusals } = renderConfig(grandstreamHt, HT814, { gateway: {}, ports });
    expect(refusals).toEqual([]);
    const map = changes.find(({ key }) => key === 'P4200');
    expect(map).toMatchObject({ kind: 'set', value: expect.stringContaining('999') });
  });

  test('without an emergency number of the country fail for each port, by name of the number', () => {
    const without = planOf(
      rule('112', { class: 'emergency' }),
      rule('0x{9,10}', { class: 'national', timer: 'short' }),
    );
    const { faults } = dialPlanMaps(grandstreamHt, HT814, [line(1, GOOD), line(2, without)]);
    expect(new Set(stops(faults).map(({ kind, position }) => `${kind} ${position}`))).toEqual(new Set(['emergency 2']));
    expect(
      stops(faults)
        .map(({ detail }) => detail)
        .join(' '),
    ).toContain('999');
  });

  test('that bar the alarm receiver of a line fail for that line alone', () => {
    const plan = planOf(
      ...EMERGENCY,
      rule('02079460999', { class: 'alarm-receiver' }),
      rule('0x{9,10}', { class: 'national', timer: 'short' }),
    );
    const receiver = { alarmReceivers: [{ dialled: '02079460999', sendAs: null }] };
    const service = { blocked: ['alarm-receiver'] as const };
    const { faults } = dialPlanMaps(grandstreamHt, HT814, [
      line(1, plan, receiver),
      line(2, plan, { ...receiver, service }),
    ]);
    expect(new Set(stops(faults).map(({ position }) => position))).toEqual(new Set([2]));
  });

  test('are not written where nobody has shown how the model takes them', () => {
    const { maps, faults } = dialPlanMaps(eltexTau, { model: 'TAU-36.IP', firmware: null }, [line(1, GOOD)]);
    expect(maps.size).toBe(0);
    expect(faults.every(({ kind }) => kind === 'not-verified')).toBe(true);
  });
});
