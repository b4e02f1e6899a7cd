import { afterEach, describe, expect, test } from 'vitest';
import { BerReader } from '../../wire/ber-reader.ts';
import { SnmpClient } from './client.ts';
import { enterMessage } from '../../wire/community-message.ts';
import { SnmpError } from '../../wire/errors.ts';
import { PDU, encodeBindings } from '../../wire/pdu.ts';
import { SnmpResponder, type SnmpResponderOptions } from '../responder/responder.ts';
import { SortedMib } from '../responder/sorted-mib.ts';
import { AUTH_PRIV, ENGINE_ID, openPeer, targetAt } from '../../testing/fixtures.ts';
import type { SnmpTarget, UserCredentials, VarBind } from '../../wire/types.ts';
import { userKeys } from '../../usm/keys.ts';
import { type OutgoingV3, type V3Message, encodeV3Message, readScoped, readV3Message } from '../../usm/message.ts';
import { REPORT } from '../../usm/reports.ts';

const OID = '1.3.6.1.2.1.1.3.0';
/** For what is answered, and for what is not; a forged answer is passed over until the time is up. */
const PATIENT = { timeoutMs: 1000, retries: 0 };
const HASTY = { timeoutMs: 150, retries: 0 };
const view = new SortedMib([{ oid: OID, value: { type: 'timeticks', value: 7 } }]);
const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const open of closing.splice(0)) await open.close();
});

function opened<T extends { close(): Promise<void> }>(open: T): T {
  closing.push(open);
  return open;
}

async function startAgent(port: number, override: Partial<SnmpResponderOptions> = {}): Promise<SnmpResponder> {
  const options = { view, credentials: [AUTH_PRIV], engineId: ENGINE_ID, ...override };
  const responder = opened(new SnmpResponder(options));
  await responder.listen(port, '127.0.0.1');
  return responder;
}

const codeOf = async (client: SnmpClient, target: SnmpTarget): Promise<string> => {
  try {
    await client.get(target, [OID]);
    return 'answered';
  } catch (error) {
    if (error instanceof SnmpError) return error.code;
    throw error;
  }
};

describe('an agent that changes during use', () => {
  const PORT = 21_080;

  test('is read after a reboot, with boots counted or forgotten, and with a new engine id', async () => {
    const client = opened(new SnmpClient());
    const target = targetAt(PORT, AUTH_PRIV, PATIENT);
    for (const change of [
      { engineBoots: 5 },
      { engineBoots: 6 },
      { engineBoots: 2 },
      { engineBoots: 2, engineId: Buffer.from('80001f8804deadbeef', 'hex') },
    ]) {
      const agent = await startAgent(PORT, change);
      expect(await codeOf(client, target)).toBe('answered');
      await agent.close();
    }
  });

  test('whose clock drifts gets the request again with its own time', async () => {
    let agentMs = 0;
    await startAgent(PORT, { now: () => agentMs });
    const client = opened(new SnmpClient({ now: () => 0 }));
    const target = targetAt(PORT, AUTH_PRIV, { retries: 0 });
    expect(await codeOf(client, target)).toBe('answered');
    agentMs = 86_400_000;
    expect(await codeOf(client, target)).toBe('answered');
  });
});

test('wrong credentials', async () => {
  await startAgent(21_081);
  const client = opened(new SnmpClient());
  const cases: [Partial<UserCredentials>, string][] = [
    [{ user: 'unknown' }, 'unknown-user'],
    [{ authPassphrase: 'something else' }, 'auth'],
    [{ privPassphrase: 'something else' }, 'auth'],
    [{ level: 'authNoPriv' }, 'auth'],
    [{ level: 'noAuthNoPriv' }, 'auth'],
    [{ context: 'elsewhere' }, 'auth'],
    [{}, 'answered'],
  ];
  for (const [change, code] of cases) {
    const target = targetAt(21_081, { ...AUTH_PRIV, ...change }, PATIENT);
    expect({ change, code: await codeOf(client, target) }).toEqual({ change, code });
  }
});

describe('forged v3 answers', () => {
  const keys = userKeys(AUTH_PRIV, ENGINE_ID);
  const seven: VarBind[] = [{ oid: OID, value: { type: 'timeticks', value: 7 } }];

  /** An agent that answers discovery correctly, and requests as the test defines. */
  async function startForger(
    forge: (message: V3Message, honest: OutgoingV3) => OutgoingV3 | Uint8Array,
  ): Promise<number> {
    const peer = opened(
      await openPeer((bytes, send) => {
        const reader = new BerReader(bytes);
        enterMessage(reader);
        const message = readV3Message(reader);
        const discovery = message.engineId.length === 0;
        const { pdu } = readScoped(message, discovery ? {} : keys);
        const honest: OutgoingV3 = {
          messageId: message.messageId,
          maxBytes: 65_507,
          level: message.level,
          reportable: false,
          engineId: ENGINE_ID,
          boots: 4,
          timeSeconds: 1000,
          user: message.user,
          keys: discovery ? {} : keys,
          contextEngineId: ENGINE_ID,
          contextName: '',
          head: { tag: PDU.response, requestId: pdu.requestId, errorStatus: 0, errorIndex: 0 },
          bindings: encodeBindings(seven),
        };
        if (discovery) {
          const counter: VarBind = { oid: REPORT['unknown-engine'], value: { type: 'counter32', value: 1 } };
          const head = { ...honest.head, tag: PDU.report };
          send(encodeV3Message({ ...honest, head, bindings: encodeBindings([counter]) }));
          return;
        }
        const forged = forge(message, honest);
        send(forged instanceof Uint8Array ? forged : encodeV3Message(forged));
      }),
    );
    return peer.port;
  }

  const report = (honest: OutgoingV3, oid: string): OutgoingV3 => ({
    ...honest,
    level: 'noAuthNoPriv',
    keys: {},
    head: { ...honest.head, tag: PDU.report },
    bindings: encodeBindings([{ oid, value: { type: 'counter32', value: 1 } }]),
  });

  const cases: [string, (message: V3Message, honest: OutgoingV3) => OutgoingV3 | Uint8Array, string][] = [
    ['an honest one', (_message, honest) => honest, 'answered'],
    ['without encryption', (_message, honest) => ({ ...honest, level: 'authNoPriv' }), 'auth'],
    ['without authentication', (_message, honest) => ({ ...honest, level: 'noAuthNoPriv' }), 'auth'],
    [
      'with keys of another passphrase',
      (_message, honest) => {
        const others = userKeys({ ...AUTH_PRIV, authPassphrase: 'guessed wrong' }, ENGINE_ID);
        return { ...honest, keys: others };
      },
      'auth',
    ],
    ['with another message id', (message, honest) => ({ ...honest, messageId: message.messageId ^ 1 }), 'timeout'],
    [
      'with another request id',
      (_message, honest) => ({ ...honest, head: { ...honest.head, requestId: 1 } }),
      'timeout',
    ],
    ['for another user', (_message, honest) => ({ ...honest, user: 'other' }), 'auth'],
    [
      'with a broken digest',
      (_message, honest) => {
        const bytes = encodeV3Message(honest);
        bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
        return bytes;
      },
      'auth',
    ],
    [
      'of another OID',
      (_message, honest) => ({
        ...honest,
        bindings: encodeBindings([{ oid: '1.3.6.1.2.1.1.5.0', value: { type: 'null' } }]),
      }),
      'decode',
    ],
    [
      'reports of being out of the time window, again and again',
      (_message, honest) => report(honest, REPORT['not-in-time-window']),
      'not-in-time-window',
    ],
    [
      'reports of an unknown engine, again and again',
      (_message, honest) => report(honest, REPORT['unknown-engine']),
      'auth',
    ],
    ['a report of nothing', (_message, honest) => ({ ...report(honest, OID), bindings: encodeBindings([]) }), 'decode'],
  ];
  test.for(cases)('%s', async ([, forge, code]) => {
    const client = opened(new SnmpClient());
    const target = targetAt(await startForger(forge), AUTH_PRIV, code === 'timeout' ? HASTY : PATIENT);
    expect(await codeOf(client, target)).toBe(code);
  });

  test('an old answer after a newer one: refused once, then the engine is discovered again', async () => {
    let boots = 9;
    const port = await startForger((_message, honest) => ({ ...honest, boots }));
    const client = opened(new SnmpClient());
    const target = targetAt(port, AUTH_PRIV, PATIENT);
    expect(await codeOf(client, target)).toBe('answered');
    boots = 8;
    expect(await codeOf(client, target)).toBe('not-in-time-window');
    expect(await codeOf(client, target)).toBe('answered');
  });
});
