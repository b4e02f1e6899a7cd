import { Injectable } from '@nestjs/common';
import { openPayload } from '../../agents/config-jobs/index.ts';
import type { Sql } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { bytesOf, type RunSettings, settingsOfText } from './config-text.ts';
import type { SealedRunning } from './running.repository.ts';

/** Opens kept configurations. */
@Injectable()
export class Texts {
  constructor(private readonly secrets: Secrets) {}

  /** Throws `not-kept` where the text was too large to be sent. */
  async open(operatorId: string, { config, text }: SealedRunning): Promise<Buffer> {
    if (text === null) throw new ProblemError('not-kept');
    const place = { field: 'running_config.text', operatorId, row: { id: config.id } } as const;
    return bytesOf(await this.secrets.open(place, text));
  }

  /** Throws `cannot-mask` where its language is not read. */
  async settings(operatorId: string, running: SealedRunning): Promise<RunSettings> {
    const settings = settingsOfText(running.config.format, await this.open(operatorId, running));
    if (settings === null) throw new ProblemError('cannot-mask');
    return settings;
  }

  /** Every key that Loopstart ever wrote as a secret to a gateway. */
  async secretKeys(sql: Sql, operatorId: string, gatewayId: string): Promise<Set<string>> {
    const { rows } = await sql.query<{ id: string; payload: Buffer }>(
      'select id, payload from config_job where gateway_id = $1',
      [gatewayId],
    );
    const keys = new Set<string>();
    for (const { id, payload } of rows) {
      const { changes } = await openPayload(this.secrets, operatorId, id, payload);
      for (const change of changes) if (change.secret === true) keys.add(change.key);
    }
    return keys;
  }
}
