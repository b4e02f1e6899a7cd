import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { inRoot, run, runCommand } from './lib/process.ts';
import { readOptions } from './stack/options.ts';

const USAGE = `npm run backup -- <folder> --recipient <age1…>
npm run backup -- --new-identity <file>
npm run restore -- <folder> --identity <file>

The installation is that of npm start in the data folder (LOOPSTART_DATA_DIR, or .data), or the database of
DATABASE_URL. Stop npm start for a restore; it needs a data folder without a database and without secret.key.
`;

/** Runs a command of the API on the installation of `npm start`; its database is started where it does not run. */
await runCommand(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (args.length === 0 || args.includes('--help')) return void process.stdout.write(USAGE);
  const folder = process.env['LOOPSTART_DATA_DIR'];
  const options = readOptions(folder === undefined ? [] : ['--data-dir', folder], process.env);
  // Neither the console nor the agent takes part.
  await build({ web: false, bundle: false });
  // Imported late: it needs what the build makes.
  const { useDatabase } = await import('./stack/use-database.ts');
  mkdirSync(options.dataDir, { recursive: true });
  const keyFile = join(options.dataDir, 'secret.key');
  const more = command === 'restore' && !args.includes('--check') ? ['--key-file', keyFile] : [];
  await useDatabase(options, async (url) => {
    await run(process.execPath, [inRoot(`apps/api/dist/cli/${command}.js`), ...args, ...more], {
      env: { DATABASE_URL: url, DATABASE_APP_URL: url, LOOPSTART_SECRET_KEY_FILE: keyFile },
    });
  });
});
