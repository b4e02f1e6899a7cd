import pg from 'pg';
/** A PostgreSQL of its own, in a temporary folder, with a migrated template database. */
export interface TestServer {
    /** URL of a database on it, as its owner. */
    url(database: string): string;
    stop(): Promise<void>;
}
export declare const TEMPLATE = "loopstart_template";
/** Starts a server without durability, for tests alone. */
export declare function startTestServer(): Promise<TestServer>;
/** Runs something with one connection as the owner, past row-level security where the owner is a superuser. */
export declare function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T>;
/** A TCP port that is free now. */
export declare function freePort(): Promise<number>;
//# sourceMappingURL=postgres.d.ts.map