import type { Prisma } from '../../generated/prisma/client.ts';
import type { Meanings } from './meanings.ts';

type ModelName = Prisma.ModelName;
type Scalars<M extends ModelName> = Prisma.TypeMap['model'][M]['payload']['scalars'];
type MeaningOf<M extends ModelName, F> = M extends keyof Meanings
  ? F extends keyof Meanings[M]
    ? Meanings[M][F]
    : never
  : never;

/** Columns whose type in pg differs from Prisma's client. */
type FromPg<T> = T extends bigint ? number : T extends Uint8Array ? Buffer : T;

/** A row of a table as SQL through pg returns it: types from prisma/schema.prisma, narrowed by `Meanings`. */
export type Row<M extends ModelName> = {
  [F in keyof Scalars<M>]: [MeaningOf<M, F>] extends [never] ? FromPg<Scalars<M>[F]> : MeaningOf<M, F>;
};

type Snake<S extends string> = S extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Rest>}`
  : '';

/** The same row with the names of its columns, for a select list that keeps them. */
export type Columns<M extends ModelName> = { [F in keyof Row<M> & string as Snake<F>]: Row<M>[F] };

declare const row: unique symbol;

/** Part of a select list that knows the row it selects. */
export type Fields<R> = string & { readonly [row]: R };

/** The row that a select list selects. */
export type RowOf<F> = F extends Fields<infer R> ? R : never;

/**
 * The select list of some fields of a table that stands in the query under `alias`, each under its name in the schema.
 * List and row type come from the same names, so a renamed or dropped column is a type error:
 *
 *     const SITE = fields('Site', 's', ['id', 'timeZone']); // s.id, s.time_zone as "timeZone"
 *     await sql.query<RowOf<typeof SITE>>(`select ${SITE} from site s`);
 */
export function fields<M extends ModelName, const F extends keyof Row<M> & string>(
  _model: M,
  alias: string,
  names: readonly F[],
): Fields<Pick<Row<M>, F>> {
  const list = names.map((name) => {
    const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return `${alias}.${column}${column === name ? '' : ` as "${name}"`}`;
  });
  return list.join(', ') as Fields<Pick<Row<M>, F>>;
}
