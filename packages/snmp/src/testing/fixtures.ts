import { type Socket, createSocket } from 'node:dgram';
import type { SnmpCredentials, SnmpTarget, UserCredentials, VarBind } from '../wire/types.ts';

/** No private enterprise number is reserved for examples; 99999 is free of registrations that could occur. */
export const TABLE = '1.3.6.1.4.1.99999.1.1';
export const ENGINE_ID = Buffer.from('80001f8804c0ffee01', 'hex');

/** A table of `rows` x `columns` with values of several types, by column. */
export function tableVarbinds(rows: number, columns: number): VarBind[] {
  const varbinds: VarBind[] = [];
  for (let column = 1; column <= columns; column++) {
    for (let row = 1; row <= rows; row++) {
      const oid = `${TABLE}.${column}.${row}`;
      if (column % 4 === 0) varbinds.push({ oid, value: { type: 'octets', value: new Uint8Array([112, 64 + row]) } });
      else if (column % 4 === 1) varbinds.push({ oid, value: { type: 'integer', value: column * row } });
      else if (column % 4 === 2) varbinds.push({ oid, value: { type: 'counter32', value: 4_000_000_000 + row } });
      else varbinds.push({ oid, value: { type: 'gauge32', value: row } });
    }
  }
  return varbinds;
}

export function columnOids(columns: number): string[] {
  return Array.from({ length: columns }, (_, i) => `${TABLE}.${i + 1}`);
}

export const V1: SnmpCredentials = { version: 'v1', community: 'public' };
export const V2C: SnmpCredentials = { version: 'v2c', community: 'public' };
export const AUTH_PRIV: UserCredentials = {
  version: 'v3',
  user: 'operator',
  level: 'authPriv',
  authProtocol: 'sha256',
  authPassphrase: 'correct horse',
  privProtocol: 'aes128',
  privPassphrase: 'battery staple',
};

export function targetAt(port: number, credentials: SnmpCredentials, override: Partial<SnmpTarget> = {}): SnmpTarget {
  return { host: '127.0.0.1', port, credentials, timeoutMs: 2000, retries: 1, ...override };
}

/** A bare UDP socket that answers as `reply` defines; for agents that misbehave in ways ours cannot. */
export async function openPeer(
  reply: (bytes: Buffer, send: (answer: Uint8Array) => void) => void,
): Promise<{ port: number; socket: Socket; close: () => Promise<void> }> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) =>
    reply(bytes, (answer) => {
      socket.send(answer, from.port, from.address);
    }),
  );
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    socket,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
