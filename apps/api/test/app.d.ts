import type { INestApplication } from '@nestjs/common';
import { createClient, type Problem } from '@loopstart/contracts';
import type { Clock } from '../src/core/clock.ts';
import { type TestDatabase } from './database.ts';
export type Client = ReturnType<typeof createClient>;
export interface TestOperator {
  operatorId: string;
  /** Signed in, by role. */
  viewer: Client;
  technician: Client;
  admin: Client;
  /** The cookie header of the administrator, for requests the typed client cannot make. */
  cookie: string;
}
export interface TestApp {
  app: INestApplication;
  url: string;
  database: TestDatabase;
  anonymous: Client;
  /** A new operator with a user of each role, all signed in. */
  operator(name: string): Promise<TestOperator>;
  close(): Promise<void>;
}
/** The whole API on a database of its own, listening on a free port. */
export declare function startApp(options?: {
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
  database?: TestDatabase;
}): Promise<TestApp>;
/** A typed client that sends this cookie and the header that changes need. */
export declare function clientOf(url: string, cookie?: string): Client;
/** The problem an operation answers with; throws where it succeeds. */
export declare function problemOf(work: Promise<unknown>): Promise<Problem>;
//# sourceMappingURL=app.d.ts.map
