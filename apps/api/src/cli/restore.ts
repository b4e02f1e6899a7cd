import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { VERSION } from '@loopstart/contracts';
import { readBackup, restoreBackup } from '../platform/backup/index.ts';

const USAGE = `Usage: restore <folder> --identity <file> --key-file <file> [--files <folder>]
       restore <folder> --identity <file> --check   checks the whole backup and writes nothing

Restores a backup into the empty database of DATABASE_URL, and writes the secret keys to a new file for
LOOPSTART_SECRET_KEY_FILE. The identity is the private key of age (AGE-SECRET-KEY-1…) of a recipient.`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      identity: { type: 'string' },
      'key-file': { type: 'string' },
      files: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  const { identity: identityFile, 'key-file': keyFile, files, check } = values;
  const databaseUrl = process.env['DATABASE_URL'];
  if (folder === undefined || identityFile === undefined || (!check && keyFile === undefined)) throw new Error(USAGE);
  const identity = readFileSync(identityFile, 'utf8');
  if (check) {
    const { manifest } = await readBackup(folder, identity);
    process.stdout.write(`The backup of ${manifest.startedAt} is whole (version ${manifest.version})\n`);
  } else {
    if (databaseUrl === undefined) throw new Error('DATABASE_URL is missing: the empty database to restore into.');
    const options = { databaseUrl, folder, identity, keyFile: keyFile!, filesFolder: files ?? null, version: VERSION };
    const manifest = await restoreBackup(options);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    process.stdout.write(
      `${rows} rows and ${manifest.files.length} files of ${manifest.startedAt} restored; the secret keys are in ${keyFile}\n`,
    );
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
