import { Injectable } from '@nestjs/common';
import type { ConfigKeyChange, RunningConfigText } from '@loopstart/contracts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { changedKeys, maskedText } from './config-text.ts';
import { RunningRepository, type SealedRunning } from './running.repository.ts';
import { Texts } from './texts.service.ts';

/** What gateways ran, as people read it. */
@Injectable()
export class RunningService {
  constructor(
    private readonly db: Database,
    private readonly running: RunningRepository,
    private readonly texts: Texts,
    private readonly changes: Changes,
  ) {}

  list(scope: Scope, gatewayId: string, page: Parameters<RunningRepository['list']>[2]) {
    return this.db.tx(scope, async (sql) => {
      found((await sql.query('select 1 from gateway where id = $1', [gatewayId])).rows[0]);
      return this.running.list(sql, gatewayId, page);
    });
  }

  masked(scope: Scope, id: string): Promise<RunningConfigText> {
    return this.db.tx(scope, async (sql) => {
      const { running, secretKeys } = await this.#open(sql, scope.operatorId, id);
      const settings = await this.texts.settings(scope.operatorId, running);
      return { config: running.config, text: maskedText(settings, secretKeys), isMasked: true };
    });
  }

  /** The whole text. Who read it, and why, is on record. */
  reveal(by: By, id: string, reason: string): Promise<RunningConfigText> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const running = found(await this.running.one(sql, id));
      const text = (await this.texts.open(operatorId, running)).toString('utf8');
      const { gatewayId } = running.config;
      return {
        result: { config: running.config, text, isMasked: false },
        audit: { verb: 'reveal', subjectType: 'running-config', subjectId: id, change: { gatewayId, reason } },
      };
    });
  }

  /** What differs between two configurations of one gateway. */
  compare(scope: Scope, id: string, since: string): Promise<ConfigKeyChange[]> {
    return this.db.tx(scope, async (sql) => {
      const { running, secretKeys } = await this.#open(sql, scope.operatorId, id);
      const other = found(await this.running.one(sql, since));
      if (other.config.gatewayId !== running.config.gatewayId)
        throw refused('query.since', 'a configuration of the same gateway');
      const [before, after] = [
        await this.texts.settings(scope.operatorId, other),
        await this.texts.settings(scope.operatorId, running),
      ];
      return changedKeys(before, after, secretKeys);
    });
  }

  async #open(
    sql: Sql,
    operatorId: string,
    id: string,
  ): Promise<{ running: SealedRunning; secretKeys: ReadonlySet<string> }> {
    const running = found(await this.running.one(sql, id));
    return { running, secretKeys: await this.texts.secretKeys(sql, operatorId, running.config.gatewayId) };
  }
}
