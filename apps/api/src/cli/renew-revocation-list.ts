import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { readConfig } from '../core/config.ts';
import { renewRevocationList } from '../agents/pki/index.ts';

const USAGE = 'Usage: renew-revocation-list <folder> [--pid-file <file>]';
try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'pid-file': { type: 'string' } } });
  const [folder] = positionals;
  if (folder === undefined) throw new Error(USAGE);
  const pidFile = values['pid-file'] ?? null;
  process.stdout.write(`${await renewRevocationList(readConfig(process.env), { folder, pidFile })}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
