import { TELEPHONY_FIELD_IDS, type FieldId, fieldOf, valueProblem } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { textOf, valueOf } from './setting-text.ts';
import { choiceWords, groupLabel, groupOf, settingLabel, settingWords } from './setting-words.ts';

const EXAMPLES: readonly (readonly [FieldId, unknown, string, string])[] = [
  [
    'sip.registrars',
    [
      { host: 'a.example', port: 5061 },
      { host: 'b.example', port: null },
    ],
    'a.example:5061\nb.example',
    'a.example:5061, b.example',
  ],
  ['sip.registrars', [{ host: '2001:db8::1', port: 5060 }], '[2001:db8::1]:5060', '[2001:db8::1]:5060'],
  ['sip.registrars', [{ host: '2001:db8::1', port: null }], '2001:db8::1', '2001:db8::1'],
  ['media.codecs', [{ codec: 'PCMA', ptimeMs: 20 }], 'PCMA 20', 'PCMA 20 ms'],
  ['line.ringCadence', [{ onMs: 400, offMs: 200 }], '400/200', '400 ms on, 200 ms off'],
  ['port.enabled', false, 'false', 'No'],
  ['qos.rtpDscp', 46, '46', '46'],
  ['line.inputGainDb', -3, '-3', '-3 dB'],
  ['sip.registerExpirySeconds', 3600, '3600', '3,600 s'],
  ['sip.transport', 'tls', 'tls', 'TLS'],
  ['gateway.ntpServers', ['a.example', 'b.example'], 'a.example\nb.example', 'a.example, b.example'],
];

describe('settings as they are typed and shown', () => {
  test.for(EXAMPLES)('%s %j is typed and read alike', ([field, value, typed, words]) => {
    expect(textOf(fieldOf(field).type, value)).toBe(typed);
    expect(valueOf(fieldOf(field).type, `  ${typed}\n\n`)).toEqual(value);
    expect(settingWords(field, value)).toBe(words);
  });

  test.for<[FieldId, string]>([
    ['sip.registrars', 'a b'],
    ['sip.registrars', 'host:port'],
    ['media.codecs', 'PCMA fast'],
    ['line.ringCadence', '400'],
    ['qos.rtpDscp', 'high'],
    ['port.enabled', 'maybe'],
  ])('%s: %s is refused by the check of the value, not turned into another', ([field, typed]) => {
    expect(valueProblem(field, valueOf(fieldOf(field).type, typed))).not.toBeNull();
  });

  test('every setting, group and choice has words', () => {
    for (const field of TELEPHONY_FIELD_IDS) {
      expect(settingLabel(field), field).toBeTruthy();
      expect(groupLabel(groupOf(field)), field).toBeTruthy();
      const { type } = fieldOf(field);
      if (type.kind === 'choice') for (const value of type.values) expect(choiceWords(value), value).not.toBe(value);
    }
  });

  test('a secret is never shown', () => {
    expect(settingWords('port.password', 'hunter2-hunter2')).not.toContain('hunter2');
  });
});
