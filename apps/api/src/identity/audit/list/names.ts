import type { Sql } from '../../../core/db/database.ts';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';
import { isUuid } from '../../../core/uuid.ts';

/** SQL: what the things are called that a change can name by id. */
const NAMES = `select id, name from person where id = any ($1) union all select id, name from customer where id = any ($1)
  union all select id, name from site where id = any ($1) union all select id, hostname from agent where id = any ($1)
  union all select g.id, ${gatewayName('g')} from gateway g where g.id = any ($1)
  union all select id, name from channel where id = any ($1) union all select id, name from policy where id = any ($1)
  union all select id, name from schedule where id = any ($1) union all select id, name from own_role where id = any ($1)
  union all select id, name from audit_stream where id = any ($1) union all select id, name from sso_connection where id = any ($1)
  union all select id, '#' || number || ' ' || title from incident where id = any ($1)`;

export interface Names {
  /** The names of the ids in these values; ids that name nothing known are left out. */
  of: (values: unknown) => Record<string, string>;
}

/** Looks up what the ids in values of JSON are called now. */
export async function namesIn(sql: Sql, values: unknown): Promise<Names> {
  const ids = [...new Set(idsIn(values))];
  const { rows } = ids.length === 0 ? { rows: [] } : await sql.query<{ id: string; name: string }>(NAMES, [ids]);
  const known = new Map(rows.map(({ id, name }) => [id, name]));
  return {
    of: (some) =>
      Object.fromEntries(
        idsIn(some).flatMap((id) => {
          const name = known.get(id);
          return name === undefined ? [] : [[id, name]];
        }),
      ),
  };
}

/** Ids anywhere in a value; of a line ("gateway/position") its gateway. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.split('/')[0]!].filter((text) => isUuid(text));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}
