import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  HOOK_STATES,
  OPER_STATES,
  REGISTRATION_STATES,
} from '../line/vocabulary.ts';
import { decide, isBusy } from './decide.ts';
import { type EvidenceItem, type EvidenceKey, type EvidenceValues, SYMPTOMS, type Symptom } from './evidence.ts';
import { agoWords, HYPOTHESES, lookAt, profileFits } from './hypotheses.ts';

const WELL: Partial<EvidenceValues> = {
  admin: 'unlocked',
  oper: 'in-service',
  hook: 'on-hook',
  call: 'idle',
  fault: 'none',
  registration: 'registered',
  neighboursInUse: 8,
  neighboursWrong: 0,
};

function evidence(values: Partial<EvidenceValues>): EvidenceItem[] {
  return Object.entries(values).map(([key, value]) => ({
    key: key as EvidenceKey,
    value: value as EvidenceItem['value'],
    reason: null,
    at: 1,
    source: 'poll',
  }));
}

/** The evidence on top of a healthy line, and the hypothesis that must come first. */
const ROWS: Record<Symptom, { seen: Partial<EvidenceValues>; first: string | null }[]> = {
  'no-dial-tone': [
    { seen: {}, first: null },
    { seen: { admin: 'locked' }, first: 'locked' },
    { seen: { admin: 'shutting-down' }, first: 'locked' },
    { seen: { registration: 'unregistered' }, first: 'not-registered' },
    { seen: { registration: 'auth-failed' }, first: 'not-registered' },
    { seen: { registration: 'rejected', neighboursWrong: 0 }, first: 'not-registered' },
    { seen: { fault: 'no-line-device', oper: 'out-of-service' }, first: 'wire-open' },
    { seen: { fault: 'short-circuit' }, first: 'wire-fault' },
    { seen: { fault: 'ground-fault', lineTestPassed: false }, first: 'wire-fault' },
    { seen: { fault: 'foreign-voltage' }, first: 'wire-fault' },
    { seen: { fault: 'hardware-failure', oper: 'out-of-service' }, first: 'port-failed' },
    { seen: { fault: 'thermal-shutdown' }, first: 'port-failed' },
    { seen: { call: 'receiver-off-hook', hook: 'off-hook' }, first: 'receiver-left-off' },
    { seen: { widerTrouble: 'Gateway unreachable' }, first: 'wider-trouble' },
    { seen: { neighboursWrong: 6, registration: 'registering' }, first: 'wider-trouble' },
    { seen: { firmwareChangedHoursAgo: 3 }, first: 'came-with-a-change' },
  ],
  'one-way-audio': [
    { seen: {}, first: 'media-blocked' },
    { seen: { configChangedHoursAgo: 5 }, first: 'media-blocked' },
    { seen: { packetLossPercent: 8 }, first: 'network-poor' },
    { seen: { packetLossPercent: 4, jitterMs: 60 }, first: 'network-poor' },
    { seen: { jitterMs: 90, packetLossPercent: 3 }, first: 'network-poor' },
    { seen: { packetLossPercent: 0, jitterMs: 2, lineTestPassed: true }, first: 'handset' },
    { seen: { packetLossPercent: 0 }, first: 'media-blocked' },
    { seen: { registration: 'not-used', packetLossPercent: 0 }, first: 'handset' },
    { seen: { registration: 'unregistered' }, first: 'not-registered' },
    { seen: { registration: 'unreachable' }, first: 'not-registered' },
    { seen: { fault: 'ground-fault' }, first: 'wire-fault' },
    { seen: { widerTrouble: 'Site cut off' }, first: 'wider-trouble' },
    { seen: { neighboursWrong: 8 }, first: 'wider-trouble' },
    { seen: { fault: 'hardware-failure' }, first: 'port-failed' },
  ],
  'no-ring': [
    { seen: {}, first: 'call-never-arrives' },
    { seen: { admin: 'locked' }, first: 'locked' },
    { seen: { registration: 'unregistered' }, first: 'not-registered' },
    { seen: { fault: 'ring-failure' }, first: 'ring-too-weak' },
    { seen: { ringVoltageV: 28 }, first: 'ring-too-weak' },
    { seen: { ringVoltageV: 62 }, first: 'call-never-arrives' },
    { seen: { countryProfile: 'USA', siteTimeZone: 'Europe/London' }, first: 'wrong-cadence' },
    { seen: { countryProfile: 'United Kingdom', siteTimeZone: 'Europe/London' }, first: 'call-never-arrives' },
    {
      seen: { countryProfile: 'germany', siteTimeZone: 'Europe/London', configChangedHoursAgo: 4 },
      first: 'wrong-cadence',
    },
    { seen: { fault: 'no-line-device' }, first: 'wire-open' },
    { seen: { fault: 'short-circuit' }, first: 'wire-fault' },
    { seen: { call: 'receiver-off-hook', hook: 'off-hook' }, first: 'receiver-left-off' },
    { seen: { widerTrouble: 'SIP server lost' }, first: 'wider-trouble' },
    { seen: { fault: 'hardware-failure' }, first: 'port-failed' },
  ],
  'fax-failures': [
    { seen: {}, first: null },
    { seen: { t38: false }, first: 'no-t38' },
    { seen: { t38: false, packetLossPercent: 1 }, first: 'no-t38' },
    { seen: { codecs: ['G.729', 'G.711A'] }, first: 'fax-codec' },
    { seen: { codecs: ['G.723.1'], t38: true }, first: 'fax-codec' },
    { seen: { codecs: ['PCMU'], t38: true, packetLossPercent: 0 }, first: 'fax-machine' },
    { seen: { t38: true }, first: 'fax-machine' },
    { seen: { packetLossPercent: 6, t38: true }, first: 'network-poor' },
    { seen: { jitterMs: 80, packetLossPercent: 3.5, t38: true }, first: 'network-poor' },
    { seen: { registration: 'auth-failed' }, first: 'not-registered' },
    { seen: { fault: 'no-line-device' }, first: 'wire-open' },
    { seen: { admin: 'locked' }, first: 'locked' },
    { seen: { call: 'receiver-off-hook', hook: 'off-hook' }, first: 'receiver-left-off' },
    { seen: { widerTrouble: 'Agent silent' }, first: 'wider-trouble' },
    { seen: { lineTestPassed: false, fault: 'ground-fault' }, first: 'wire-fault' },
  ],
};

for (const symptom of SYMPTOMS) {
  describe(symptom, () => {
    test.for(ROWS[symptom])('$seen: $first', ({ seen, first }) => {
      const { hypotheses, next } = decide(symptom, evidence({ ...WELL, ...seen }));
      expect(hypotheses[0]?.id ?? null).toBe(first);
      expect(next.text.length).toBeGreaterThan(20);
      for (const { for: reasons, score } of hypotheses) {
        expect(reasons.length).toBeGreaterThan(0);
        expect(score).toBeGreaterThan(0);
      }
    });
    test('has at least twelve cases here, and each of its hypotheses comes first in one', () => {
      expect(ROWS[symptom].length).toBeGreaterThanOrEqual(12);
      const firsts = new Set(ROWS[symptom].map(({ first }) => first));
      const unreached = HYPOTHESES.filter(
        ({ id, symptoms }) =>
          symptoms.includes(symptom) && !firsts.has(id) && id !== 'port-failed' && id !== 'came-with-a-change',
      );
      expect(unreached.map(({ id }) => id)).toEqual([]);
    });
  });
}

test.for([
  { seen: { hook: 'off-hook' as const, call: 'in-use' as const }, busy: true },
  { seen: { hook: 'off-hook' as const, call: undefined }, busy: true },
  { seen: { hook: undefined, call: undefined, oper: 'out-of-service' as const }, busy: true },
  { seen: { hook: 'off-hook' as const, call: 'receiver-off-hook' as const }, busy: false },
  { seen: { hook: 'on-hook' as const, call: 'idle' as const }, busy: false },
  { seen: { hook: 'on-hook' as const, call: 'idle' as const, mayInterrupt: false }, busy: true },
])('$seen: in use $busy', ({ seen, busy }) => {
  const there = Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
  expect(isBusy(evidence(there))).toBe(busy);
});

test('a lift phone is marked: it is not interrupted without an announcement', () => {
  expect(
    decide('no-ring', evidence({ ...WELL, fault: 'no-line-device', lineDeviceClass: 'lift-phone' })),
  ).toMatchObject({ lifeSafety: true, busy: false });
  expect(decide('no-ring', evidence({ ...WELL, lineDeviceClass: 'phone' })).lifeSafety).toBe(false);
});

test('a line that cannot be read: the first step restores reading', () => {
  expect(decide('no-dial-tone', []).next.text).toMatch(/cannot be read/);
});

test('lists missing evidence that would help', () => {
  expect(decide('no-ring', evidence(WELL)).missing).toEqual(expect.arrayContaining(['ringVoltageV', 'countryProfile']));
  expect(decide('no-ring', evidence({ ...WELL, ringVoltageV: 60 })).missing).not.toContain('ringVoltageV');
});

test.for([
  { profile: 'UK', zone: 'Europe/London', fits: true },
  { profile: 'north_america', zone: 'America/Chicago', fits: true },
  { profile: 'USA', zone: 'Europe/Berlin', fits: false },
  { profile: 'us', zone: 'UTC', fits: null },
  { profile: 'fr', zone: 'America/Martinique', fits: null },
  { profile: 'Tonos de llamada', zone: 'Europe/London', fits: null },
  { profile: 'germany1', zone: 'Europe/Berlin', fits: null },
  { profile: 'etsi', zone: 'Europe/Paris', fits: null },
])('country profile $profile in $zone: $fits', ({ profile, zone, fits }) => {
  expect(profileFits(profile, zone)).toBe(fits);
});

const anyEvidence = fc
  .record(
    {
      admin: fc.constantFrom(...ADMIN_STATES),
      oper: fc.constantFrom(...OPER_STATES),
      hook: fc.constantFrom(...HOOK_STATES),
      call: fc.constantFrom(...CALL_STATES),
      fault: fc.constantFrom(...FAULT_REASONS),
      registration: fc.constantFrom(...REGISTRATION_STATES),
      lineTestPassed: fc.boolean(),
      lineTestText: fc.constantFrom('open loop', 'good'),
      ringVoltageV: fc.double({ min: 0, max: 90, noNaN: true }),
      packetLossPercent: fc.double({ min: 0, max: 100, noNaN: true }),
      jitterMs: fc.double({ min: 0, max: 500, noNaN: true }),
      t38: fc.boolean(),
      codecs: fc.array(fc.constantFrom('G.711A', 'G.729', 'PCMU')),
      neighboursInUse: fc.nat(24),
      neighboursWrong: fc.nat(24),
      widerTrouble: fc.constantFrom('Gateway unreachable'),
      countryProfile: fc.constantFrom('USA', 'etsi'),
      siteTimeZone: fc.constantFrom('Europe/London'),
    },
    { requiredKeys: [] },
  )
  .map((values) => evidence(values as Partial<EvidenceValues>));
const anySymptom = fc.constantFrom(...SYMPTOMS);

test('never proposes to interrupt a line that is in use, or that cannot be seen to be idle', () => {
  fc.assert(
    fc.property(anySymptom, anyEvidence, (symptom, seen) => {
      const { next, busy, hypotheses } = decide(symptom, seen);
      expect(busy).toBe(isBusy(seen));
      if (!busy) return;
      expect(next.disturbs).toBe(false);
      // Independent of the flag: no step is proposed that takes a device off the line.
      expect(next.text).not.toMatch(/unplug|plug a|disconnect|move the line|hang up/i);
      expect(hypotheses.map(({ step }) => step.disturbs)).toEqual(
        hypotheses.map(({ id }) => HYPOTHESES.find((one) => one.id === id)?.step.disturbs),
      );
    }),
    { numRuns: 2000 },
  );
});

test('unknown evidence has no weight: a null with a reason changes no conclusion', () => {
  fc.assert(
    fc.property(
      anySymptom,
      anyEvidence,
      fc.constantFrom<EvidenceKey>('t38', 'fault', 'registration', 'ringVoltageV'),
      (symptom, seen, key) => {
        const without = seen.filter((item) => item.key !== key);
        const blind: EvidenceItem[] = [
          ...without,
          { key, value: null, reason: 'not-supported', at: null, source: 'poll' },
        ];
        expect(decide(symptom, blind)).toEqual(decide(symptom, without));
      },
    ),
  );
});

test('every argument names existing evidence', () => {
  fc.assert(
    fc.property(anySymptom, anyEvidence, (symptom, seen) => {
      const there = new Set(seen.map(({ key }) => key));
      for (const { for: reasons, against } of decide(symptom, seen).hypotheses)
        for (const { key, text } of [...reasons, ...against]) {
          expect(there.has(key)).toBe(true);
          expect(text).toMatch(/\.$/);
        }
    }),
  );
});

test('without evidence no hypothesis has an argument', () => {
  const look = lookAt([]);
  for (const hypothesis of HYPOTHESES) expect(hypothesis.weigh(look).filter((one) => one !== null)).toEqual([]);
});

test.for([
  [0.001, 'just now'],
  [0.4, '24 min ago'],
  [1.9, '114 min ago'],
  [5.2, '5 h ago'],
  [50, '2 days ago'],
] as const)('%f hours read as %s', ([hours, words]) => {
  expect(agoWords(hours)).toBe(words);
});

test('no step asks for something the product does not show', () => {
  for (const { step } of HYPOTHESES) expect(step.text).not.toMatch(/compare the settings|config(uration)? history/i);
});
