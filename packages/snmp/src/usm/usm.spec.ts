import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BerReader } from '../wire/ber-reader.ts';
import { enterMessage } from '../wire/community-message.ts';
import { SnmpError } from '../wire/errors.ts';
import { PDU, encodeBindings, readVarbinds } from '../wire/pdu.ts';
import { AUTH_PRIV } from '../testing/fixtures.ts';
import type { AuthProtocol, PrivProtocol, UserCredentials, VarBind } from '../wire/types.ts';
import { OwnClock, RemoteClock } from './clock.ts';
import { AUTH_SUITES, localiseKey, localisePrivKey, passphraseToKey, userKeys } from './keys.ts';
import { type OutgoingV3, encodeV3Message, macIsRight, readScoped, readV3Message } from './message.ts';

const RFC_ENGINE_ID = Buffer.from('000000000000000000000002', 'hex');

describe('keys from passphrases', () => {
  test.for([
    ['md5', '9faf3283884e92834ebc9847d8edd963', '526f5eed9fcce26f8964c2930787d82b'], // RFC 3414 A.3.1
    ['sha1', '9fb5cc0381497b3793528939ff788d5d79145211', '6695febc9288e36282235fc7151f128497b38f3f'], // RFC 3414 A.3.2
  ] as const)("%s of 'maplesyrup' as in RFC 3414", ([protocol, key, localised]) => {
    const made = passphraseToKey(protocol, 'maplesyrup');
    expect(made.toString('hex')).toBe(key);
    expect(localiseKey(protocol, made, RFC_ENGINE_ID).toString('hex')).toBe(localised);
  });

  test.for([
    ['md5', '526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12'],
    ['sha1', '6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c'],
  ] as const)('%s lengthened as in draft-reeder-snmpv3-usm-3desede', ([auth, expected]) => {
    const key = passphraseToKey(auth, 'maplesyrup');
    const long = localisePrivKey({ auth, priv: 'aes256', extension: 'reeder' }, key, RFC_ENGINE_ID);
    expect(long.toString('hex')).toBe(expected);
  });

  test.for([
    ['md5', 16, 12],
    ['sha1', 20, 12],
    ['sha224', 28, 16],
    ['sha256', 32, 24],
    ['sha384', 48, 32],
    ['sha512', 64, 48],
  ] as const)('%s has a key of %i octets and a code of %i (RFC 3414, RFC 7860)', ([protocol, keyBytes, macBytes]) => {
    expect(passphraseToKey(protocol, 'passphrase')).toHaveLength(keyBytes);
    expect(AUTH_SUITES[protocol].macBytes).toBe(macBytes);
  });

  test('a level without its passphrase is refused', () => {
    const { authPassphrase: _auth, ...withoutAuth } = AUTH_PRIV;
    const { privPassphrase: _priv, ...withoutPriv } = AUTH_PRIV;
    expect(() => userKeys(withoutAuth, RFC_ENGINE_ID)).toThrow(SnmpError);
    expect(() => userKeys(withoutPriv, RFC_ENGINE_ID)).toThrow(SnmpError);
    expect(userKeys({ ...AUTH_PRIV, level: 'noAuthNoPriv' }, RFC_ENGINE_ID)).toEqual({});
  });
});

const SECRET = 'said in confidence';
const content: VarBind[] = [
  { oid: '1.3.6.1.2.1.1.5.0', value: { type: 'octets', value: new TextEncoder().encode(SECRET) } },
];

function outgoing(credentials: UserCredentials, override: Partial<OutgoingV3> = {}): OutgoingV3 {
  return {
    messageId: 4711,
    maxBytes: 65_507,
    level: credentials.level,
    reportable: true,
    engineId: RFC_ENGINE_ID,
    boots: 3,
    timeSeconds: 1000,
    user: credentials.user,
    keys: userKeys(credentials, RFC_ENGINE_ID),
    contextEngineId: RFC_ENGINE_ID,
    contextName: 'ports',
    head: { tag: PDU.get, requestId: 12, errorStatus: 0, errorIndex: 0 },
    bindings: encodeBindings(content),
    ...override,
  };
}

function receive(bytes: Uint8Array) {
  const reader = new BerReader(bytes);
  expect(enterMessage(reader)).toBe(3);
  return readV3Message(reader);
}

describe('v3 messages', () => {
  const auths = Object.keys(AUTH_SUITES) as AuthProtocol[];
  const privs: PrivProtocol[] = ['des', 'aes128', 'aes192', 'aes256'];
  const suites = auths.flatMap((authProtocol) => privs.map((privProtocol) => ({ authProtocol, privProtocol })));

  test.for(suites)('$authProtocol with $privProtocol come back as sent', (suite) => {
    const credentials = { ...AUTH_PRIV, ...suite };
    const sent = outgoing(credentials);
    const bytes = encodeV3Message(sent);
    expect(bytes.includes(SECRET)).toBe(false);
    expect(encodeV3Message({ ...sent, level: 'authNoPriv' }).includes(SECRET)).toBe(true);
    const message = receive(bytes);
    expect(message).toMatchObject({
      messageId: 4711,
      level: 'authPriv',
      boots: 3,
      timeSeconds: 1000,
      user: 'operator',
    });
    expect(macIsRight(message, sent.keys)).toBe(true);
    const { pdu, contextName } = readScoped(message, sent.keys);
    expect(contextName).toBe('ports');
    expect(pdu).toMatchObject(sent.head);
    expect(readVarbinds(pdu.bindings)).toEqual(content);
  });

  test('a salt is never used twice', () => {
    const salts = Array.from({ length: 100 }, () =>
      Buffer.from(receive(encodeV3Message(outgoing(AUTH_PRIV))).salt).toString('hex'),
    );
    expect(new Set(salts).size).toBe(100);
  });

  test('any flipped bit breaks the authentication code or the encoding', () => {
    const sent = outgoing({ ...AUTH_PRIV, authProtocol: 'sha512' });
    const bytes = encodeV3Message(sent);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
      let right: boolean;
      try {
        const reader = new BerReader(turned);
        right = enterMessage(reader) === 3 && macIsRight(readV3Message(reader), sent.keys);
      } catch (error) {
        expect(error).toBeInstanceOf(SnmpError);
        right = false;
      }
      expect(right).toBe(false);
    }
  });

  test('a shortened authentication code is refused', () => {
    const sent = outgoing({ ...AUTH_PRIV, level: 'authNoPriv' });
    const message = receive(encodeV3Message(sent));
    expect(macIsRight({ ...message, mac: message.mac.subarray(0, 12) }, sent.keys)).toBe(false);
    expect(macIsRight({ ...message, mac: new Uint8Array(0) }, sent.keys)).toBe(false);
  });

  test('decrypting noise is refused or read, without any other effect', () => {
    const keys = userKeys(AUTH_PRIV, RFC_ENGINE_ID);
    const desKeys = userKeys({ ...AUTH_PRIV, privProtocol: 'des' }, RFC_ENGINE_ID);
    const message = receive(encodeV3Message(outgoing(AUTH_PRIV)));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.uint8Array({ maxLength: 9 }), (noise, salt) => {
        const bytes = Buffer.concat([Buffer.from([0x04, noise.length]), noise]);
        for (const side of [keys, desKeys]) {
          try {
            const scoped = new BerReader(bytes);
            readVarbinds(readScoped({ ...message, salt, whole: bytes, scoped }, side).pdu.bindings);
          } catch (error) {
            expect(error).toBeInstanceOf(SnmpError);
          }
        }
      }),
    );
  });
});

describe("our notion of another engine's time (RFC 3414 section 3.2.7 b)", () => {
  const cases: [string, { boots: number; timeSeconds: number }, number, boolean][] = [
    ['later', { boots: 5, timeSeconds: 1010 }, 10, true],
    ['150 s behind', { boots: 5, timeSeconds: 860 }, 10, true],
    ['151 s behind', { boots: 5, timeSeconds: 859 }, 10, false],
    ['far ahead', { boots: 5, timeSeconds: 9999 }, 10, true],
    ['rebooted', { boots: 6, timeSeconds: 0 }, 10, true],
    ['of the life before', { boots: 4, timeSeconds: 5000 }, 10, false],
    ['of an engine whose boots are used up', { boots: 0x7fffffff, timeSeconds: 1000 }, 10, false],
  ];
  test.for(cases)('%s', ([, stated, passedSeconds, expected]) => {
    const clock = new RemoteClock({ boots: 1, timeSeconds: 1 }, 0);
    expect(clock.accept({ boots: 5, timeSeconds: 1000 }, 0)).toBe(true);
    expect(clock.accept(stated, passedSeconds * 1000)).toBe(expected);
  });

  test('an old message does not set the clock back', () => {
    const clock = new RemoteClock({ boots: 5, timeSeconds: 1000 }, 0);
    clock.accept({ boots: 5, timeSeconds: 1000 }, 0);
    clock.accept({ boots: 5, timeSeconds: 900 }, 1000);
    expect(clock.at(2000)).toEqual({ boots: 5, timeSeconds: 1002 });
  });

  test('an unauthenticated report refuses nothing', () => {
    const clock = new RemoteClock({ boots: 9, timeSeconds: 9999 }, 0);
    expect(clock.accept({ boots: 2, timeSeconds: 5 }, 0)).toBe(true);
    expect(clock.at(0)).toEqual({ boots: 2, timeSeconds: 5 });
  });
});

describe('our own time (RFC 3414 section 3.2.7 a)', () => {
  test.for([
    [7, 1000, true],
    [7, 850, true],
    [7, 849, false],
    [7, 1150, true],
    [7, 1151, false],
    [6, 1000, false],
    [8, 1000, false],
  ] as const)('boots %i, time %i is in the window: %s', ([boots, timeSeconds, expected]) => {
    let nowMs = 5000;
    const clock = new OwnClock(7, () => nowMs);
    nowMs += 1_000_000;
    expect(clock.read()).toEqual({ boots: 7, timeSeconds: 1000 });
    expect(clock.isInWindow({ boots, timeSeconds })).toBe(expected);
  });
});
