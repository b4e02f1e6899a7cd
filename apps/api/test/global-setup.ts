import type { TestProject } from 'vitest/node';
import { startTestServer } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the test server's maintenance database, as its owner. */
    postgresUrl: string;
    /** The same as the application's login. */
    postgresAppUrl: string;
    /** Walks have more runs than all tests together have time for: `npm run bench -- long-runs`. */
    longRuns: boolean;
  }
}

/** One PostgreSQL for all test files; each test makes a database of its own from the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide('postgresUrl', server.url('postgres'));
  project.provide('postgresAppUrl', server.appUrl('postgres'));
  return () => server.stop();
}
