import { type Config } from '../src/core/config.ts';
export interface TestDatabase {
    name: string;
    ownerUrl: string;
    config: Config;
    drop(): Promise<void>;
}
/** A fresh, migrated database and a configuration that points at it. */
export declare function createDatabase(env?: NodeJS.ProcessEnv): Promise<TestDatabase>;
//# sourceMappingURL=database.d.ts.map