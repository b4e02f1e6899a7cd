import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../core/config.ts';
import { exportBrokerCredentials } from '../agents/pki/index.ts';

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('Usage: export-broker-credentials <folder>\n');
  process.exit(2);
}
try {
  mkdirSync(folder, { recursive: true });
  const files = await exportBrokerCredentials(readConfig(process.env));
  for (const { name, text, isSecret } of files)
    writeFileSync(join(folder, name), text, { mode: isSecret ? 0o600 : 0o644 });
  process.stdout.write(`${files.map(({ name }) => name).join(', ')} written to ${folder}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
