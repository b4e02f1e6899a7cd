import { runMigrations } from 'bullmq';
import pg from 'pg';

/** Where BullMQ keeps its tables when the queue is in Postgres. */
export const QUEUE_SCHEMA = 'bullmq';

/** Brings the queue's tables up to date as the owner and lets the application role use them. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await runMigrations(client, QUEUE_SCHEMA);
    await client.query(`
      grant usage on schema ${QUEUE_SCHEMA} to loopstart_app;
      grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to loopstart_app;
      grant usage on all sequences in schema ${QUEUE_SCHEMA} to loopstart_app;
      grant execute on all functions in schema ${QUEUE_SCHEMA} to loopstart_app`);
  } finally {
    await client.end();
  }
}
