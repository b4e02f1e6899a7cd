import { Injectable } from '@nestjs/common';
import { Database } from '../../../core/db/database.ts';
import { RowEncoder } from '../rows/row-encoder.ts';

const TABLES = ['gateway_sample', 'gateway_current', 'port_state_change', 'gateway_event'] as const;
type Table = (typeof TABLES)[number];
export type Encoders = Readonly<Record<Table, RowEncoder>>;

/** Encoders for the row types the ingest writes, as the catalogue has them now. */
@Injectable()
export class RowEncoders {
  #loaded: Promise<Encoders> | undefined;

  constructor(private readonly db: Database) {}

  get(): Promise<Encoders> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  /** Reads the catalogue again: a migration by a newer release changes tables while older processes still run. */
  forget(): void {
    this.#loaded = undefined;
  }

  async #load(): Promise<Encoders> {
    const { rows } = await this.db.query<{ table: Table; row_type: number; column: string; type: number }>(
      `select c.relname as "table", c.reltype::int8 as row_type, a.attname as "column", a.atttypid::int8 as type
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.oid = any ($1::regclass[]) and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`,
      [TABLES],
    );
    const encoders = TABLES.map((table) => {
      const columns = rows.filter((row) => row.table === table);
      const types = columns.map((row) => ({ name: row.column, typeOid: row.type }));
      return [table, new RowEncoder(table, columns[0]?.row_type ?? 0, types)];
    });
    return Object.fromEntries(encoders) as Encoders;
  }
}
