import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { loadAuthority, makeAuthority, makeIdentity } from '../pki/certificates.ts';

const LISTENER = join(import.meta.dirname, '../../../dist/agents/broker/tls-listener.js');
const LIMITS = join(import.meta.dirname, '../../../dist/agents/broker/connection-limits.js');

/** An API process as far as descriptors matter: it listens, and connects to its database on request. */
const PROGRAM = `
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
const { TlsListener } = await import(process.env.LISTENER);
const { connectionLimits, descriptorLimit } = await import(process.env.LIMITS);
const { KEY: keyPem, CERTIFICATE: certificatePem, CA: caPem, DATABASE } = process.env;
const limits = { ...connectionLimits(descriptorLimit()), admissionMs: 60_000 };
const listener = new TlsListener({
  host: '127.0.0.1', port: 0, keyPem, certificatePem, caPem, limits, onPeer: () => {}, onRefused: () => {},
});
await listener.listen();
console.log(JSON.stringify({ port: listener.port, descriptors: descriptorLimit() }));
createInterface({ input: process.stdin }).on('line', () => {
  const socket = connect(Number(DATABASE), '127.0.0.1');
  socket.on('connect', () => console.log('connected'));
  socket.on('error', (error) => console.log(error.code));
});
`;

test('a process with few descriptors can still reach the database, however many unadmitted peers connect', async () => {
  expect(existsSync(LISTENER), 'build first: npx tsc -b').toBe(true);
  const authority = await makeAuthority(Date.now());
  const server = await makeIdentity(
    await loadAuthority(authority),
    { kind: 'server', names: ['127.0.0.1'] },
    Date.now(),
  );
  const database = createServer(() => undefined);
  await new Promise<void>((resolve) => database.listen(0, '127.0.0.1', resolve));
  const child = spawn(
    '/bin/sh',
    ['-c', 'ulimit -n 400 && exec "$0" --input-type=module -e "$1"', process.execPath, PROGRAM],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        LISTENER,
        LIMITS,
        KEY: server.keyPem,
        CERTIFICATE: server.certificatePem,
        CA: authority.certificatePem,
        DATABASE: String((database.address() as AddressInfo).port),
      },
    },
  );
  const sockets: Socket[] = [];
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { port, descriptors } = JSON.parse((await lines.next()).value as string) as Record<string, number>;
    expect(descriptors).toBe(400);
    for (let index = 0; index < 500; index += 1) sockets.push(connect(port!, '127.0.0.1'));
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.on('error', resolve).once('connect', resolve))),
    );
    child.stdin.write('dial\n'.repeat(20));
    const answers: unknown[] = [];
    while (answers.length < 20) answers.push((await lines.next()).value);
    expect(new Set(answers)).toEqual(new Set(['connected']));
  } finally {
    for (const socket of sockets) socket.destroy();
    child.kill();
    database.close();
  }
});
