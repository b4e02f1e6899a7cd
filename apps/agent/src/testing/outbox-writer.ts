import { systemClock } from '../core/clock.ts';
import { Outbox } from '../outbox/outbox.ts';
import { diskStorage } from '../outbox/storage.ts';

/**
 * Run as a process of its own, to be killed: writes messages without end and reports after each flush which numbers are
 * on disk. Usage: node outbox-writer.ts <folder>.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('a folder is needed');
const AGENT = '11111111-2222-4333-8444-555555555555';
const GATEWAY = '6f1c1f0e-5a0b-4a43-9a6f-0d6a3f1c0001';
const outbox = await Outbox.open({
  storage: diskStorage(folder),
  clock: systemClock,
  agentId: AGENT,
  bytesMax: 268_435_456,
});
for (let seq = outbox.last[1] + 1; ;) {
  const first = seq;
  const count = 1 + Math.floor(Math.random() * 40);
  for (let i = 0; i < count; i += 1, seq += 1) {
    if (i % 3 === 0) outbox.append('reachability', { gatewayId: GATEWAY, at: seq, reachable: true, reason: null });
    else outbox.append('unchanged', { at: seq, gatewayIds: [GATEWAY] });
  }
  await outbox.flush();
  process.stdout.write(`${first} ${seq - 1}\n`);
}
