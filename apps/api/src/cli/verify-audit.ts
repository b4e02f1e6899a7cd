import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sentencesOf, verifyAuditFile } from '../identity/audit/index.ts';

const USAGE = `Usage: verify-audit <file.ndjson> --key <public-key.pem>

Verifies an exported audit trail without Loopstart. Take the public key from GET /api/v1/audit/keys at a time when you
trust the installation and keep it; the key inside the file proves nothing.`;
try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { key: { type: 'string' } } });
  const [file] = positionals;
  if (file === undefined || values.key === undefined) throw new Error(USAGE);
  const verdict = await verifyAuditFile(file, readFileSync(values.key, 'utf8'));
  for (const sentence of sentencesOf(verdict)) process.stdout.write(`${sentence}\n`);
  process.exitCode = verdict.breaksTotal === 0 && verdict.ended ? 0 : 2;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
