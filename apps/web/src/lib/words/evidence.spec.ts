import { expect, test } from 'vitest';
import { seenInstant, seenName, seenWord } from './evidence.ts';

test.for([
  ['lineVoltageV', 'Line voltage', 'V'],
  ['packetLossPercent', 'Packet loss', '%'],
  ['temperatureC', 'Temperature', '°C'],
  ['clockSkewMs', 'Clock offset', 'ms'],
  ['siteAnswers', 'Site address answers', ''],
  ['ringLoadMa', 'Ring load', 'mA'],
  ['silentForS', 'Silent for', 's'],
  ['something-new', 'Something new', ''],
  ['oper', 'Service state', ''],
] as const)('%s is shown as "%s" in "%s"', ([key, label, unit]) => {
  expect(seenName(key, 'port-out-of-service')).toEqual({ label, unit });
});

test('a bare value has the unit of what its kind measures', () => {
  expect(seenName('value', 'line-voltage-abnormal').unit).toBe('V');
  expect(seenName('usual', 'loop-current-abnormal').unit).toBe('mA');
  expect(seenName('value', 'line-test-failed').unit).toBe('');
});

test.for([
  ['oper', 'out-of-service', 'Out of service'],
  ['fault', 'short-circuit', 'Short circuit'],
  ['oper', 'something new', 'something new'],
  ['reason', 'timeout', 'timeout'],
] as const)('%s "%s" reads "%s"', ([key, value, word]) => {
  expect(seenWord(key, value)).toBe(word);
});

test.for([
  ['lastSeenAt', Date.UTC(2026, 10, 23), '2026-11-23T00:00:00.000Z'],
  ['unreachableSince', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  ['lastSeenAt', null, null],
  ['lastSeenAt', 'yesterday', null],
  ['uptimeS', Date.UTC(2026, 10, 23), null],
  ['skewAt', 12, null],
] as const)('%s of %j is the point in time %j', ([key, value, at]) => {
  expect(seenInstant(key, value)).toBe(at);
});
