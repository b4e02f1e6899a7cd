import { Database } from '../src/core/db/database.ts';
import { wholeOperator } from '../src/core/db/scope.ts';
import { LocalKeys } from '../src/core/secret/local-keys.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { type AuditEntry, AuditRepository } from '../src/identity/audit/audit.repository.ts';
import { AuditExport } from '../src/identity/audit/chain/audit-export.service.ts';
import { ChainRepository } from '../src/identity/audit/chain/chain.repository.ts';
import { HeadKey } from '../src/identity/audit/chain/head-key.ts';
import { Heads } from '../src/identity/audit/chain/heads.service.ts';
import { Verification } from '../src/identity/audit/chain/verification.service.ts';
import { AuditRetention } from '../src/identity/audit/keep/audit-retention.service.ts';
import { AuditSettingRepository } from '../src/identity/audit/keep/audit-setting.repository.ts';
import type { TestDatabase } from './database.ts';

/** The parts of the audit trail on a database, without the API around them. */
export class Trail {
  readonly db: Database;
  readonly audit: AuditRepository;
  readonly heads: Heads;
  readonly retention: AuditRetention;
  readonly key: HeadKey;
  readonly settings = new AuditSettingRepository();
  readonly #verification: Verification;
  readonly #exports: AuditExport;
  readonly #now: () => number;
  readonly #secrets: Secrets;

  constructor({ config }: Pick<TestDatabase, 'config'>, now: () => number) {
    this.#now = now;
    this.db = new Database(config);
    this.audit = new AuditRepository(now);
    const chains = new ChainRepository(this.db);
    this.#secrets = new Secrets(config, new LocalKeys(config.secretKeys), now);
    this.key = new HeadKey(this.db, this.#secrets);
    this.heads = new Heads(this.db, chains, this.key, now);
    this.retention = new AuditRetention(this.db, chains, this.heads, this.settings, this.audit, config, now);
    this.#verification = new Verification(chains, this.key);
    this.#exports = new AuditExport(chains, this.heads, this.key);
  }

  /** Writes entries in one transaction of this operator. */
  write(operatorId: string, ...entries: AuditEntry[]): Promise<void> {
    return this.db.tx(wholeOperator(operatorId), (sql) => this.audit.write(sql, byAda(operatorId), ...entries));
  }

  async close(): Promise<void> {
    await this.#secrets.onApplicationShutdown();
    await this.db.onApplicationShutdown();
  }

  verify(operatorId: string) {
    return this.#verification.verify(callerOf(operatorId));
  }

  /** The exported file, complete. */
  async file(operatorId: string, filter: { verb?: string[] } = {}): Promise<string> {
    let text = '';
    for await (const lines of this.#exports.lines(callerOf(operatorId), { words: null, ...filter }, this.#now()))
      text += lines;
    return text;
  }
}

const callerOf = (operatorId: string) => ({ operatorId, scope: wholeOperator(operatorId) });
export const ADA = '0a0a0a0a-0000-4000-8000-000000000001';
export const byAda = (operatorId: string) => ({ caller: { operatorId, userId: ADA, name: 'Ada' }, requestId: 'r-1' });

/** An entry about a site. */
export const renamed = (name: string): AuditEntry => ({
  verb: 'update',
  subjectType: 'site',
  subjectId: '5e5e5e5e-0000-4000-8000-000000000001',
  change: { name },
  before: { name: 'Quay' },
});

/** An entry of another verb. */
export const deleted: AuditEntry = {
  verb: 'delete',
  subjectType: 'site',
  subjectId: '5e5e5e5e-0000-4000-8000-000000000001',
  change: { name: 'b' },
};
