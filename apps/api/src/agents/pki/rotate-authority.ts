import { type CaFacts, caRefusal, type CaRefusal, type CaStep } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import type { Secrets } from '../../core/secret/secrets.ts';
import { AuthorityRepository, type StoredAuthority } from './authority.repository.ts';

/** How far the clocks of two machines may differ. */
const SKEW_MS = 10_000;
/** A certificate that counts: an agent may connect with it now. */
const VALID = `a.revoked_at is null and c.revoked_at is null and c.superseded_at is null and c.not_after > $1`;

/** A step was refused. */
export class CaRefused extends Error {
  override readonly name = 'CaRefused';
  constructor(readonly refusal: CaRefusal) {
    super(sentenceOf(refusal));
  }
}

/** What is trusted, and what hangs on it. */
export interface CaState extends CaFacts {
  authorities: { state: StoredAuthority['state']; serial: string; since: Date }[];
}

/**
 * Replaces the certificate authority without stopping, in three steps with agents in between: `introduce` makes the next
 * one, which brokers trust and agents get with their renewed certificates; `switch` lets it sign; `withdraw` ends the trust
 * in the former one and destroys its key.
 */
export class AuthorityRotation {
  readonly #authorities: AuthorityRepository;

  constructor(
    private readonly db: Database,
    secrets: Secrets,
    private readonly now: () => number,
  ) {
    this.#authorities = new AuthorityRepository(db, secrets, now);
  }

  /** `step` decides which certificates are counted as holding it up. */
  async state(step: CaStep | null = null): Promise<CaState> {
    const authorities = await this.#authorities.trusted();
    const [next, former] = (['next', 'former'] as const).map((state) => authorities.find((one) => one.state === state));
    const unaware = next === undefined ? NONE : await this.#unaware(next);
    const hanging = former === undefined ? NONE : await this.#hanging(former);
    return {
      hasNext: next !== undefined,
      hasFormer: former !== undefined,
      unaware: unaware.count,
      hanging: hanging.count,
      untilMs: step === 'withdraw' ? hanging.untilMs : unaware.untilMs,
      authorities: authorities.map(({ state, certificate, since }) => ({
        state,
        serial: certificate.serialNumber,
        since,
      })),
    };
  }

  /** Takes a step. Throws CaRefused where it comes too early. */
  async take(step: CaStep): Promise<void> {
    const refusal = caRefusal(step, await this.state(step));
    if (refusal !== null) throw new CaRefused(refusal);
    if (step === 'introduce') await this.#authorities.introduce();
    else if (step === 'switch') await this.#authorities.promote();
    else return this.#authorities.withdraw();
    await this.#renewAll();
  }

  /** Every agent renews its certificate soon, and gets the trusted authorities with it. */
  async #renewAll(): Promise<void> {
    const before = new Date(this.now() + SKEW_MS);
    await this.#everyOperator((sql) =>
      sql.query(
        'update agent set renew_issued_before = $1, config_revision = config_revision + 1 where revoked_at is null',
        [before],
      ),
    );
  }

  /** Agents that may connect, but only with a certificate from before the next authority was introduced. */
  #unaware(next: StoredAuthority): Promise<Held> {
    return this.#count(
      `select c.agent_id as id, c.not_after from agent_certificate c join agent a on a.id = c.agent_id
       where ${VALID} and c.issued_at < $2 and not exists (
         select from agent_certificate n where n.agent_id = c.agent_id and n.used_at is not null and n.issued_at >= $2)`,
      new Date(next.since.getTime() + SKEW_MS),
    );
  }

  /** Valid certificates that the former authority signed. */
  async #hanging(former: StoredAuthority): Promise<Held> {
    const { rows } = await this.db.query<{ id: string }>(
      'select id from certificate_authority order by introduced_at, id limit 1',
    );
    const isFirst = rows[0]!.id === former.id;
    return this.#count(
      `select c.serial as id, c.not_after from agent_certificate c join agent a on a.id = c.agent_id
       where ${VALID} and (c.authority_id = $2 ${isFirst ? 'or c.authority_id is null' : ''})`,
      former.id,
    );
  }

  async #count(select: string, of: Date | string): Promise<Held> {
    const sum = { count: 0, untilMs: null as number | null };
    await this.#everyOperator(async (sql) => {
      const { rows } = await sql.query<{ count: number; until: Date | null }>(
        `select count(distinct id)::int as count, max(not_after) as until from (${select}) held`,
        [new Date(this.now()), of],
      );
      const { count, until } = rows[0]!;
      sum.count += count;
      if (until !== null) sum.untilMs = Math.max(sum.untilMs ?? 0, until.getTime());
    });
    return sum;
  }

  async #everyOperator(work: (sql: Sql) => Promise<unknown>): Promise<void> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id order by 1');
    for (const { id } of rows) await this.db.tx(wholeOperator(id), work);
  }
}

interface Held {
  count: number;
  untilMs: number | null;
}
const NONE: Held = { count: 0, untilMs: null };

function sentenceOf(refusal: CaRefusal): string {
  switch (refusal.reason) {
    case 'rotation-under-way':
      return 'A rotation is under way: switch to the next authority, or withdraw the former one, first.';
    case 'no-next':
      return 'There is no next authority: introduce one first.';
    case 'no-former':
      return 'There is no former authority to withdraw.';
    case 'agents-unaware':
      return `${refusal.agents} agents do not know the next authority yet and would refuse the broker. They get it with their next certificate; at the latest their present ones end ${until(refusal.untilMs)}.`;
    case 'certificates-valid':
      return `${refusal.certificates} certificates of agents are still signed by the former authority. Agents renew them by themselves; the last ends ${until(refusal.untilMs)}.`;
  }
}

const until = (ms: number | null): string => (ms === null ? 'at an unknown time' : `at ${new Date(ms).toISOString()}`);
