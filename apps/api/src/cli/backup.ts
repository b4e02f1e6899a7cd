import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { VERSION } from '@loopstart/contracts';
import { readConfig } from '../core/config.ts';
import { writeBackup } from '../platform/backup/index.ts';

const USAGE = `Usage: backup <folder> --recipient <age1…> [--recipient …] [--files <folder>]
       backup --new-identity <file>   makes a private key for restoring, and prints its recipient

Writes the database, the stored files and the secret keys, which only the holder of the recipient's private key
can read. BACKUP_DATABASE_URL is a login that row-level security does not bind; absent: DATABASE_URL.`;

async function newIdentity(file: string): Promise<void> {
  const identity = await generateX25519Identity();
  writeFileSync(file, `${identity}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(`${await identityToRecipient(identity)}\n`);
  process.stderr.write(`Keep ${file} away from this installation: without it no backup can be restored.\n`);
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      recipient: { type: 'string', multiple: true, default: [] },
      files: { type: 'string' },
      'new-identity': { type: 'string' },
    },
  });
  const [folder] = positionals;
  if (values['new-identity'] !== undefined) await newIdentity(values['new-identity']);
  else if (folder === undefined) throw new Error(USAGE);
  else {
    const config = readConfig(process.env);
    const manifest = await writeBackup({
      databaseUrl: process.env['BACKUP_DATABASE_URL'] ?? config.DATABASE_URL,
      folder,
      secretKeys: config.secretKeys(),
      recipients: values.recipient,
      filesFolder: values.files ?? null,
      version: VERSION,
      now: Date.now,
    });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    process.stdout.write(
      `${rows} rows of ${manifest.tables.length} tables and ${manifest.files.length} files written to ${folder}\n`,
    );
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
