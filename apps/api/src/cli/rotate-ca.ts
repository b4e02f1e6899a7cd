import 'reflect-metadata';
import { AuthorityRotation } from '../agents/pki/index.ts';
import { readConfig } from '../core/config.ts';
import { Database } from '../core/db/database.ts';
import { Secrets } from '../core/secret/secrets.ts';

const USAGE = `Usage: rotate-ca state | introduce | switch | withdraw

  introduce   makes the next certificate authority; agents get it with new certificates
  switch      the next authority signs from now on; refused while an agent does not know it
  withdraw    ends the trust in the former one; refused while a valid certificate hangs on it
  state       what is trusted, and what the next step waits for`;

const STEPS = ['introduce', 'switch', 'withdraw'] as const;

try {
  const what = process.argv[2];
  const step = STEPS.find((one) => one === what);
  if (step === undefined && what !== 'state') throw new Error(USAGE);
  const config = readConfig(process.env);
  const db = new Database(config);
  const secrets = await Secrets.of(config);
  try {
    const rotation = new AuthorityRotation(db, secrets, Date.now);
    if (step !== undefined) await rotation.take(step);
    const { authorities, unaware, hanging } = await rotation.state();
    for (const { state, serial, since } of authorities)
      process.stdout.write(`${state}: authority ${serial}, since ${since.toISOString()}\n`);
    process.stdout.write(
      `${unaware} agents do not know the next one, ${hanging} certificates hang on the former one\n`,
    );
  } finally {
    await secrets.onApplicationShutdown();
    await db.onApplicationShutdown();
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
