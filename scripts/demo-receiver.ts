import { build } from './build.ts';
import { runCommand } from './lib/process.ts';
import type { Received } from './lib/webhook-sink.ts';

const USAGE = `npm run demo:receiver -- <signing secret> [port]

Receives webhooks at http://127.0.0.1:9099/hook (or the given port), checks the signature of each with the public
library of Standard Webhooks and its body against the contract, and prints it in one line. The signing secret is what
the console shows once when the channel is made (whsec_…).`;

const [secret = '', port = '9099'] = process.argv.slice(2);

await runCommand(async () => {
  if (!secret.startsWith('whsec_')) {
    process.stdout.write(`${USAGE}\n`);
    process.exitCode = secret === '--help' ? 0 : 2;
    return;
  }
  await build({ web: false, bundle: false });
  // Imported late: it needs what the build makes.
  const { WebhookSink } = await import('./lib/webhook-sink.ts');
  const sink = await WebhookSink.start(Number(port)).catch((error: Error) => {
    throw new Error(`The receiver cannot start: ${error.message}`, { cause: error });
  });
  sink.secret = secret;
  sink.onTaken = (message) => process.stdout.write(`${line(message)}\n`);
  sink.onRefused = (reason) => process.stdout.write(`refused: ${reason}\n`);
  process.stdout.write(`Waiting for webhooks at ${sink.url} (Ctrl-C ends it)\n`);
  process.once('SIGINT', () => void sink.stop());
});

/** One message in one line: when, type, id, and for an incident its severity, place, title and reason. */
function line({ at, id, payload }: Received): string {
  const when = new Date(at).toISOString().slice(11, 19);
  return `${when}  ${payload.type.padEnd(22)} ${id}  signature good  ${describe(payload)}`;
}

function describe({ data }: Received['payload']): string {
  if (!('title' in data)) return '';
  const { customer, site, agent, gateway, port } = data.place;
  const line = port === null ? null : (port.label ?? `port ${port.position}`);
  const where = [customer?.name, site?.name, gateway?.name ?? agent?.name, line].filter((name) => name != null);
  return `#${data.number} ${data.severity} at ${where.join(' · ')}: ${data.title}. ${data.why}`;
}
