import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, type Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { sealMembers } from './channel-settings.ts';
import { ChannelDecryptor } from './worker/channel-decryptor.ts';

const CHANNEL = fields('Channel', 'c', ['id', 'kind', 'config', 'secret']);

/**
 * Seals addresses that an earlier version stored in the clear, since they can carry tokens. It runs at start, because
 * migrations have no key. A channel whose secrets were sealed with another key is skipped and shown as unreadable.
 */
@Injectable()
export class SealAddresses implements OnApplicationBootstrap {
  constructor(
    private readonly db: Database,
    private readonly decryptor: ChannelDecryptor,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    let sealed = 0;
    for (const { id } of rows) sealed += await this.db.tx(wholeOperator(id), (sql) => this.#seal(sql, id));
    if (sealed > 0) this.log.info({ channels: sealed }, 'sealed addresses of channels');
  }

  async #seal(sql: Sql, operatorId: string): Promise<number> {
    const { rows } = await sql.query<RowOf<typeof CHANNEL>>(
      `select ${CHANNEL} from channel c where c.config ? 'url' order by c.id for update`,
    );
    let sealed = 0;
    for (const row of rows) {
      try {
        const channel = { operatorId, id: row.id };
        const before = await this.decryptor.secretOf(channel, row.secret);
        const { config, secret } = sealMembers(row.kind, row.config, before);
        await sql.query('update channel set config = $2, secret = $3 where id = $1', [
          row.id,
          JSON.stringify(config),
          await this.decryptor.seal(channel, secret),
        ]);
        sealed += 1;
      } catch (error) {
        this.log.warn(
          { channelId: row.id, reason: (error as Error).message },
          'failed to seal the address of a channel',
        );
      }
    }
    return sealed;
  }
}
