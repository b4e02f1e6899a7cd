import { randomBytes, randomInt } from 'node:crypto';
import { DATAGRAM_BYTES_MAX } from '../../wire/ber-writer.ts';
import { WIRE_VERSION, encodeCommunityMessage, encodeTrapV1Message } from '../../wire/community-message.ts';
import { toV1, toV2 } from '../../wire/notification-translation.ts';
import { PDU, encodeBindings } from '../../wire/pdu.ts';
import type { OutgoingNotification, SnmpCredentials, UserCredentials } from '../../wire/types.ts';
import { userKeys } from '../../usm/keys.ts';
import { encodeV3Message } from '../../usm/message.ts';

/** An engine id of this process: RFC 3411 section 5, enterprise 0 with the high bit set, format 5 (octets). */
const processEngineId = Buffer.concat([Buffer.from([0x80, 0, 0, 0, 5]), randomBytes(8)]);

const IDS = 0x7fff_ffff;

function encodeTrapV3(credentials: UserCredentials, notification: OutgoingNotification): Uint8Array {
  const engine = notification.engine ?? {
    engineId: processEngineId,
    boots: 1,
    timeSeconds: Math.floor(performance.now() / 1000),
  };
  return encodeV3Message({
    messageId: randomInt(IDS),
    maxBytes: DATAGRAM_BYTES_MAX,
    level: credentials.level,
    reportable: false,
    engineId: engine.engineId,
    boots: engine.boots,
    timeSeconds: engine.timeSeconds,
    user: credentials.user,
    keys: userKeys(credentials, engine.engineId),
    contextEngineId: engine.engineId,
    contextName: credentials.context ?? '',
    head: { tag: PDU.trap, requestId: randomInt(IDS), errorStatus: 0, errorIndex: 0 },
    bindings: encodeBindings(toV2(notification)),
  });
}

/** A whole trap message. Throws SnmpError 'auth' for incomplete credentials, 'limit' and 'too-big' for its content. */
export function encodeTrap(credentials: SnmpCredentials, notification: OutgoingNotification): Uint8Array {
  if (credentials.version === 'v3') return encodeTrapV3(credentials, notification);
  const { community } = credentials;
  if (credentials.version === 'v1') {
    return encodeTrapV1Message(community, toV1(notification), encodeBindings(notification.varbinds));
  }
  const head = { tag: PDU.trap, requestId: randomInt(IDS), errorStatus: 0, errorIndex: 0 };
  return encodeCommunityMessage(WIRE_VERSION.v2c, community, head, encodeBindings(toV2(notification)));
}
