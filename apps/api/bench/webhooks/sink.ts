/** A receiver in a process of its own: keeps when each webhook-id came and how often, and tells at the end. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrival {
  id: string;
  path: string;
  incidentId: string;
  seq: number;
  /** Milliseconds since the epoch, with fractions. */
  at: number;
}

let arrivals: Arrival[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url ?? '';
    if (path === '/hang') return;
    const { data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      data: { incidentId: string; seq: number };
    };
    arrivals.push({
      id: String(request.headers['webhook-id']),
      path,
      incidentId: data.incidentId,
      seq: data.seq,
      at: performance.timeOrigin + performance.now(),
    });
    response.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: 'count' | 'take') => {
  process.send?.(message === 'count' ? { count: arrivals.length } : { arrivals });
  if (message === 'take') arrivals = [];
});
