import { describe, expect, test } from 'vitest';
import { valueProblem } from './check-value.ts';
import { TELEPHONY_FIELD_IDS, fieldOf, type FieldId } from './fields.ts';

const PCMA = { codec: 'PCMA', ptimeMs: 20 };

describe('values of the telephony model', () => {
  test.for<[FieldId, unknown]>([
    ['sip.registrars', [{ host: 'sip.example.net', port: null }]],
    ['sip.registrars', [{ host: '2001:db8::1', port: 5060 }]],
    ['sip.registrars', []],
    ['sip.transport', 'tls'],
    ['qos.rtpDscp', 46],
    ['media.codecs', [PCMA, { codec: 'G729', ptimeMs: 20 }]],
    ['line.ringCadence', [{ onMs: 400, offMs: 200 }]],
    ['port.password', 'a.b-1_c2'],
    ['port.displayName', "Café l'Étoile (2)"],
    ['port.enabled', false],
    ['gateway.managementNetworks', ['192.0.2.0/24', '2001:db8::/32']],
  ])('%s may be %j', ([field, value]) => {
    expect(valueProblem(field, value)).toBeNull();
  });

  test.for<[FieldId, unknown, RegExp]>([
    ['sip.registrars', [{ host: 'a b', port: null }], /host name.*entry 1/],
    ['sip.registrars', [{ host: 'a', port: 0 }], /port from 1 to 65535/],
    ['sip.registrars', [{ host: 'sip.example.net:5060', port: null }], /host name/],
    ['sip.registrars', 'sip.example.net', /list of at most 4/],
    ['sip.transport', 'UDP', /one of udp, tcp, tls/],
    ['qos.rtpDscp', 64, /0 to 63/],
    ['qos.rtpDscp', 4.5, /whole number/],
    ['qos.rtpDscp', '46', /whole number/],
    ['media.codecs', [PCMA, PCMA], /PCMA is there twice/],
    ['media.codecs', [{ codec: 'GSM', ptimeMs: 20 }], /a codec: PCMU/],
    ['media.codecs', [{ codec: 'PCMA', ptimeMs: 25 }], /packet time/],
    ['line.ringCadence', [], /at least one burst/],
    ['line.ringCadence', [{ onMs: 10, offMs: 200 }], /from 50/],
    ['port.password', 'short', /8 to 30 characters/],
    ['port.password', 'with "quotes"', /letters, digits/],
    ['port.extension', '2001;drop', /letters, digits/],
    ['port.extension', '2001\nx', /letters, digits/],
    ['port.displayName', 'a<b', /letters, digits/],
    ['port.enabled', 'yes', /true or false/],
    ['line.hotlineNumber', '+44', /\* and #/],
  ])('%s may not be %j', ([field, value, expected]) => {
    expect(valueProblem(field, value)).toMatch(expected);
  });

  test('every field says what it decides, and by what source', () => {
    for (const id of TELEPHONY_FIELD_IDS) {
      const { about, source } = fieldOf(id);
      expect(about, id).toMatch(/^[A-Z].*\.$/);
      expect(source.length, id).toBeGreaterThan(3);
    }
  });

  test.for(['\n', '\r', '"', '&', '<', '>', ';', '$', '|', '%', '?', '{', '}', '\\', '`', '\u0000'])(
    'no text may contain %j, which some file or command line gives a meaning',
    (character) => {
      for (const id of TELEPHONY_FIELD_IDS) {
        if (fieldOf(id).type.kind !== 'text') continue;
        expect(valueProblem(id, `aa${character}aaaaaa`), id).not.toBeNull();
      }
    },
  );
});
