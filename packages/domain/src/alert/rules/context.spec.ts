import { describe, expect, test } from 'vitest';
import type { LineDeviceClass } from '../../line/vocabulary.ts';
import type { ConditionKind } from '../kinds.ts';
import { at, NOW } from '../testing/records.ts';
import { Thresholds } from '../thresholds.ts';
import { type AlertSeverity, bad, type Finding, severityFor, spoken } from './context.ts';

describe('severityFor: a line on which a life depends goes up one step', () => {
  test.for<[ConditionKind, LineDeviceClass | null, AlertSeverity]>([
    ['port-locked', null, 'minor'],
    ['port-locked', 'phone', 'minor'],
    ['port-locked', 'lift-phone', 'major'],
    ['port-out-of-service', 'phone', 'major'],
    ['port-out-of-service', 'alarm-panel', 'critical'],
    ['registrar-lost', 'phone', 'critical'],
    ['registrar-lost', 'lift-phone', 'critical'],
    ['port-out-of-service', 'unused', 'info'],
  ])('%s on %s: %s', ([kind, device, severity]) => expect(severityFor(kind, device)).toBe(severity));
});

describe('bad: what was found as an observation', () => {
  const place = at({ customerId: 'c', siteId: 's', agentId: 'a', gatewayId: 'g', position: 3, lineDeviceClass: 'fax' });
  const setting = new Thresholds([
    {
      kind: 'port-locked',
      scope: 'site',
      scopeId: 's',
      parameters: { raiseAfterS: 90, clearAfterS: 4 },
      off: false,
      reason: 'works',
    },
  ]).at('port-locked', place);
  const finding: Finding = {
    kind: 'port-locked',
    subject: { type: 'port', id: 'g/3' },
    place,
    setting,
    at: NOW,
    since: NOW - 7,
    text: 'The line is locked.',
    seen: { admin: 'locked' },
  };

  test('with its key, its times and the thresholds in force', () => {
    expect(bad(finding)).toEqual({
      key: 'port-locked@port:g/3',
      kind: 'port-locked',
      subject: { type: 'port', id: 'g/3' },
      verdict: 'bad',
      at: NOW,
      since: NOW - 7,
      severity: 'minor',
      where: place,
      evidence: { text: 'The line is locked.', seen: { admin: 'locked' }, thresholds: setting.why },
      raiseAfterMs: 90_000,
      clearAfterMs: 4_000,
    });
  });
  test('a severity that is given counts, else that of the line', () => {
    expect(bad({ ...finding, severity: 'critical' }).severity).toBe('critical');
    expect(bad({ ...finding, place: { ...place, lineDeviceClass: 'lift-phone' } }).severity).toBe('major');
  });
  test('nothing began after it was seen', () => expect(bad({ ...finding, since: NOW + 1 }).since).toBe(NOW));
});

test.for<[seconds: number, words: string]>([
  [-5, '0 s'],
  [0.4, '0 s'],
  [0.5, '1 s'],
  [119.4, '119 s'],
  [120, '2 min'],
  [150, '3 min'],
  [119 * 60, '119 min'],
  [120 * 60, '2 h'],
  [47.4 * 3600, '47 h'],
  [48 * 3600, '2 days'],
  [60 * 3600, '3 days'],
])('%d s are spoken as %s', ([seconds, words]) => expect(spoken(seconds * 1000)).toBe(words));
