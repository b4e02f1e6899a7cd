import { Injectable } from '@nestjs/common';
import { CONFIG_FILE_BYTES_MAX, type ConfigImportSource } from '@loopstart/contracts';
import { takeOver, type TakenOver } from '@loopstart/drivers/configuration';
import type { Sql } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import type { GatewayFacts } from '../entries/index.ts';
import { RunningRepository, Texts } from '../running/index.ts';

/** What was brought in, read. */
export interface ReadSource {
  taken: TakenOver;
  /** When the gateway was read; null: a file. */
  readAt: string | null;
  /** Keys that Loopstart ever wrote as secrets. */
  secretKeys: ReadonlySet<string>;
}

/** Reads what somebody brings in. */
@Injectable()
export class Sources {
  constructor(
    private readonly running: RunningRepository,
    private readonly texts: Texts,
  ) {}

  /** Throws `invalid-input`, with the line where the file has one, where nothing can be made of it. */
  async read(sql: Sql, operatorId: string, facts: GatewayFacts, source: ConfigImportSource): Promise<ReadSource> {
    const { bytes, readAt } = await this.#bytes(sql, operatorId, facts, source);
    const { driverId, model, firmware } = facts;
    const taken = takeOver(driverId, { model, firmware }, bytes);
    if ('refused' in taken) {
      const { line, expected, found: instead } = taken.refused;
      const what = instead === null ? expected : `${expected}, not ${instead}`;
      throw refused('body.source', line === null ? what : `line ${line}: ${what}`);
    }
    return { taken, readAt, secretKeys: await this.texts.secretKeys(sql, operatorId, facts.id) };
  }

  async #bytes(
    sql: Sql,
    operatorId: string,
    facts: GatewayFacts,
    source: ConfigImportSource,
  ): Promise<{ bytes: Uint8Array; readAt: string | null }> {
    if (source.kind === 'file') {
      const bytes = Buffer.from(source.content, 'base64');
      if (bytes.length > CONFIG_FILE_BYTES_MAX)
        throw refused('body.source.content', `a file of at most ${CONFIG_FILE_BYTES_MAX / 1024} KiB`);
      return { bytes, readAt: null };
    }
    const running = found(await this.running.one(sql, source.configId));
    if (running.config.gatewayId !== facts.id) throw refused('body.source.configId', 'a configuration of this gateway');
    return { bytes: await this.texts.open(operatorId, running), readAt: running.config.lastReadAt };
  }
}
