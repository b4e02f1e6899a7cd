import { Injectable } from '@nestjs/common';
import { CONFIG_FILE_BYTES_MAX, type ConfigDriftView, type ConfigImportSource } from '@loopstart/contracts';
import { narrowTo, takeOver, type TakenOver } from '@loopstart/drivers/configuration';
import type { Sql } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import type { GatewayFacts } from '../entries/index.ts';
import { DriftRepository, RunningRepository, Texts } from '../running/index.ts';

/** What was brought in, read. */
export interface ReadSource {
  taken: TakenOver;
  /** When the gateway was read; null: a file. */
  readAt: string | null;
  /** Keys that Loopstart ever wrote as secrets. */
  secretKeys: ReadonlySet<string>;
  /** The keys of a drift, which nothing is brought in beyond; null: the whole configuration. */
  only: ReadonlySet<string> | null;
}

const READ_AGAIN =
  'what was read last of the gateway; it has other values by now, or its last reading was not compared yet';

/** Reads what somebody brings in. */
@Injectable()
export class Sources {
  constructor(
    private readonly running: RunningRepository,
    private readonly texts: Texts,
    private readonly drifts: DriftRepository,
  ) {}

  /** Throws `invalid-input`, with the line where the file has one, where nothing can be made of it. */
  async read(sql: Sql, operatorId: string, facts: GatewayFacts, source: ConfigImportSource): Promise<ReadSource> {
    const drift = source.kind === 'drift' ? await this.#drift(sql, operatorId, facts, source.driftId) : null;
    const { bytes, readAt } = await this.#bytes(sql, operatorId, facts, source);
    const { driverId, model, firmware } = facts;
    const taken = takeOver(driverId, { model, firmware }, bytes);
    if ('refused' in taken) {
      const { line, expected, found: instead } = taken.refused;
      const what = instead === null ? expected : `${expected}, not ${instead}`;
      throw refused('body.source', line === null ? what : `line ${line}: ${what}`);
    }
    const secretKeys = await this.texts.secretKeys(sql, operatorId, facts.id);
    if (drift === null) return { taken, readAt, secretKeys, only: null };
    const { settings } = taken.file;
    if (drift.keys.some(({ key, after, isSecret }) => !isSecret && after !== (settings.get(key)?.value ?? null)))
      throw refused('body.source.driftId', READ_AGAIN);
    const only = new Set(drift.keys.map(({ key }) => key));
    return { taken: narrowTo(driverId, taken, only), readAt, secretKeys, only };
  }

  /** A drift of this gateway that stands, and all keys of which are known. */
  async #drift(sql: Sql, operatorId: string, facts: GatewayFacts, id: string): Promise<ConfigDriftView> {
    const drift = found(await this.drifts.one(sql, operatorId, id));
    if (drift.gateway.id !== facts.id) throw refused('body.source.driftId', 'a drift of this gateway');
    if (drift.state !== 'open' && drift.state !== 'ignored')
      throw refused('body.source.driftId', 'a drift that is open or ignored');
    if (drift.keysTotal > drift.keys.length)
      throw refused('body.source.driftId', `a drift of at most ${drift.keys.length} keys; import what runs instead`);
    return drift;
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
    const running = found(await this.running.one(sql, await this.#configId(sql, facts, source)));
    if (running.config.gatewayId !== facts.id) throw refused('body.source.configId', 'a configuration of this gateway');
    return { bytes: await this.texts.open(operatorId, running), readAt: running.config.lastReadAt };
  }

  /** A drift is of what was read last; what was not held against the deployed values yet says nothing of it. */
  async #configId(
    sql: Sql,
    facts: GatewayFacts,
    source: Exclude<ConfigImportSource, { kind: 'file' }>,
  ): Promise<string> {
    if (source.kind === 'running') return source.configId;
    const newest = found(await this.running.newest(sql, facts.id));
    if (!newest.isCompared) throw refused('body.source.driftId', READ_AGAIN);
    return newest.id;
  }
}
