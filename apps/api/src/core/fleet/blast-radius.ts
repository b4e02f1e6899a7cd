import { judgeBlast, LIFE_SAFETY, type Rights, type Touched } from '@loopstart/domain';
import type { Sql } from '../db/database.ts';
import { ProblemError } from '../http/problem-error.ts';

/** What an act is about: one of these. */
export interface Reach {
  customerId?: string | undefined;
  siteId?: string | undefined;
  agentId?: string | undefined;
  /** Of an agent: these of its gateways alone. */
  gatewayIds?: readonly string[] | undefined;
  position?: number | undefined;
}

/** The figures that a caller states. */
export interface Confirm {
  confirm?: Touched | undefined;
}

/** Counts the lines in service that an act reaches, in the transaction of the act. */
export async function linesTouched(sql: Sql, reach: Reach): Promise<Touched> {
  const { rows } = await sql.query<Touched>(
    `select count(*)::int as lines, (count(*) filter (where p.line_device_class = any ($1)))::int as "lifeSafetyLines"
     from port p join gateway g on g.operator_id = p.operator_id and g.id = p.gateway_id join site s on s.id = g.site_id
     where p.removed_at is null and g.retired_at is null and ($2::uuid is null or s.customer_id = $2) and ($3::uuid is null or s.id = $3)
       and ($4::uuid is null or g.agent_id = $4) and ($5::uuid[] is null or g.id = any ($5)) and ($6::int is null or p."position" = $6)`,
    [
      [...LIFE_SAFETY],
      reach.customerId ?? null,
      reach.siteId ?? null,
      reach.agentId ?? null,
      reach.gatewayIds ?? null,
      reach.position ?? null,
    ],
  );
  return rows[0]!;
}

/** Throws where the act reaches more lines than the role allows, or the caller did not state how many it reaches now. */
export async function refuseWiderThan(
  sql: Sql,
  rights: Pick<Rights, 'maxLinesAtOnce'>,
  reach: Reach,
  confirmed: Touched | undefined,
): Promise<void> {
  refuseTouched(await linesTouched(sql, reach), rights, confirmed);
}

/** The same for lines that were counted already. */
export function refuseTouched(
  touched: Touched,
  { maxLinesAtOnce }: Pick<Rights, 'maxLinesAtOnce'>,
  confirmed: Touched | undefined,
): void {
  const verdict = judgeBlast(touched, { maxLinesAtOnce, confirmed: confirmed ?? null });
  if (verdict === 'allowed') return;
  const { lines, lifeSafetyLines } = touched;
  const counted = `${lines} lines, ${lifeSafetyLines} of them life-safety lines`;
  throw new ProblemError(verdict, {
    touched,
    detail:
      verdict === 'too-many-lines'
        ? `This reaches ${counted}; your role may reach ${maxLinesAtOnce} at once.`
        : `This reaches ${counted}. Confirm these figures.`,
  });
}
