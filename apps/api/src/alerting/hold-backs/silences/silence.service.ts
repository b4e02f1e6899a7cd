import { Inject, Injectable } from '@nestjs/common';
import type { Silence, SilenceInput } from '@loopstart/contracts';
import { saysSomething } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import type { Sql } from '../../../core/db/database.ts';
import { type Confirm, refuseWiderThan } from '../../../core/fleet/blast-radius.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { refused } from '../../../core/http/refuse.ts';
import { type By, Changes } from '../../../identity/audit/index.ts';
import { silenceView } from './silence-view.ts';
import { SilenceRepository } from './silence.repository.ts';

/** Bounds a forgotten silence. */
const LONGEST_MS = 90 * 86_400_000;
const SUBJECT = 'silence';

/** Silences: made and ended. */
@Injectable()
export class SilenceService {
  constructor(
    private readonly silences: SilenceRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async create(by: By, { confirm, ...input }: SilenceInput & Confirm): Promise<Silence> {
    const { operatorId, name } = by.caller;
    const { matcher, reason } = input;
    const now = this.now();
    const span = spanOf(input, now);
    return this.changes.make(by, async (sql) => {
      const missing = await this.silences.missing(sql, matcher);
      if (missing.length > 0)
        throw new ProblemError('not-found', {
          fields: missing.map((field) => ({ path: `body.matcher.${field}`, expected: 'one of yours' })),
        });
      const { customerId, siteId, gatewayId, position } = matcher;
      const gatewayIds = gatewayId === undefined ? undefined : [gatewayId];
      await refuseWiderThan(sql, by.caller.rights, { customerId, siteId, gatewayIds, position }, confirm);
      const id = await this.silences.insert(sql, operatorId, {
        matcher,
        reason,
        ...span,
        by: name,
        at: new Date(now),
      });
      return {
        result: await this.#view(sql, operatorId, id),
        audit: { verb: 'create', subjectType: SUBJECT, subjectId: id, change: input },
      };
    });
  }

  /** Idempotent. */
  end(by: By, id: string): Promise<Silence> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const ends = found(await this.silences.one(sql, operatorId, id, true)).endedAt === null;
      if (ends) await this.silences.end(sql, operatorId, id, new Date(this.now()));
      return {
        result: await this.#view(sql, operatorId, id),
        audit: ends ? { verb: 'end', subjectType: SUBJECT, subjectId: id, change: {} } : null,
      };
    });
  }

  async #view(sql: Sql, operatorId: string, id: string): Promise<Silence> {
    const silence = found(await this.silences.one(sql, operatorId, id));
    return silenceView(silence, await this.silences.openIncidents(sql, operatorId), this.now());
  }
}

/** Throws `invalid-input` on a silence about everything, one that is over, or one that lasts too long. */
function spanOf({ matcher, startsAt, endsAt }: SilenceInput, now: number): { startsAt: Date; endsAt: Date } {
  if (!saysSomething(matcher)) throw refused('body.matcher', 'what the silence is about');
  if (matcher.position !== undefined && matcher.gatewayId === undefined)
    throw refused('body.matcher.gatewayId', 'the gateway of the line');
  const begins = startsAt === undefined ? now : Date.parse(startsAt);
  const ends = Date.parse(endsAt);
  if (ends <= Math.max(begins, now)) throw refused('body.endsAt', 'later than its beginning and now');
  if (ends > now + LONGEST_MS) throw refused('body.endsAt', 'at most 90 days from now');
  return { startsAt: new Date(begins), endsAt: new Date(ends) };
}
