import type pg from 'pg';
import { HOW_TO_MAKE_ONE } from './app-login.ts';

interface Powers {
  login: string;
  superuser: boolean;
  bypasses: boolean;
  owns: string | null;
  works: boolean;
}

/**
 * Throws a sentence where the application's login could set row-level security aside: by itself, as the owner of a table
 * or by becoming a role that can (`set role`). It is the login that counts, not the role a connection begins as, which
 * `set role none` undoes.
 */
export async function refusePowerful(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  const { rows } = await pool.query<Powers>(
    `select session_user as login,
       exists (select from pg_roles r where r.rolsuper and pg_has_role(session_user, r.oid, 'member')) as superuser,
       exists (select from pg_roles r where r.rolbypassrls and pg_has_role(session_user, r.oid, 'member')) as bypasses,
       (select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and pg_has_role(session_user, c.relowner, 'member') order by 1 limit 1) as owns,
       pg_has_role(session_user, 'loopstart_app', 'member') as works`,
  );
  const { login, ...powers } = rows[0]!;
  const why = whyNot(powers);
  if (why !== null) throw new Error(`DATABASE_APP_URL signs in as ${login}, which ${why}. ${HOW_TO_MAKE_ONE}`);
}

function whyNot({ superuser, bypasses, owns, works }: Omit<Powers, 'login'>): string | null {
  if (superuser) return 'is or can become a superuser, so row-level security does not hold operators apart';
  if (bypasses) return 'can bypass row-level security, so operators are not held apart';
  if (owns !== null) return `owns or can own tables (${owns}), so it could switch row-level security off`;
  return works ? null : 'is no member of loopstart_app and may read nothing';
}
