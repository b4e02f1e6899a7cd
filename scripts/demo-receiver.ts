import { type Received, WebhookSink } from './lib/webhook-sink.ts';

const USAGE = `npm run demo:receiver -- <signing secret> [port]

Receives webhooks at http://127.0.0.1:9099/hook (or the given port), checks the signature of each with the public
library of Standard Webhooks and its body against the contract, and prints it in one line. The signing secret is what
the console shows once when the channel is made (whsec_…).`;

const [secret = '', port = '9099'] = process.argv.slice(2);
if (!secret.startsWith('whsec_')) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = secret === '--help' ? 0 : 2;
} else {
  try {
    const sink = await WebhookSink.start(Number(port));
    sink.secret = secret;
    sink.onTaken = (message) => process.stdout.write(`${line(message)}\n`);
    sink.onRefused = (reason) => process.stdout.write(`refused: ${reason}\n`);
    process.stdout.write(`Waiting for webhooks at ${sink.url} (Ctrl-C ends it)\n`);
    process.once('SIGINT', () => void sink.stop());
  } catch (error) {
    process.stderr.write(`The receiver cannot start: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

function line({ at, id, payload }: Received): string {
  const when = new Date(at).toISOString().slice(11, 19);
  const { type, data } = payload;
  const what = 'title' in data ? `#${data.number} ${data.severity} ${data.title}: ${data.why}` : '';
  return `${when}  ${type.padEnd(22)} ${id}  signature good  ${what}`;
}
