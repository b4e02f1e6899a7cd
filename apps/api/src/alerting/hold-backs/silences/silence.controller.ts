import { Controller, Inject } from '@nestjs/common';
import { endpoints, type Silence, type SilenceInput } from '@loopstart/contracts';
import { saysSomething, type Silenceable } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { decodeCursor, page } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { refused } from '../../../core/http/refuse.ts';
import { AuditRepository } from '../../../identity/audit/index.ts';
import { silenceView } from './silence-view.ts';
import { SilenceRepository } from './silence.repository.ts';

/** Bounds a forgotten silence. */
const LONGEST_MS = 90 * 86_400_000;

@Controller()
export class SilenceController {
  constructor(
    private readonly silences: SilenceRepository,
    private readonly db: Database,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listSilences)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listSilences>) {
    const after = decodeCursor(query.cursor, ['instant', 'uuid']);
    const now = this.now();
    return this.db.tx(caller.scope, async (sql) => {
      const { rows, total } = await this.silences.list(sql, caller.operatorId, now, {
        state: query.state ?? null,
        after,
        limit: query.limit + 1,
      });
      const open = await openIncidents(sql, caller.operatorId);
      const views = rows.map((silence) => silenceView(silence, open, now));
      return { ...page(views, query.limit, ({ endsAt, id }) => [endsAt, id]), total };
    });
  }

  @Implements(endpoints.createSilence)
  create(@Call() { caller, body, requestId }: CallOf<typeof endpoints.createSilence>) {
    const now = this.now();
    const { startsAt, endsAt } = spanOf(body, now);
    return this.db.tx(caller.scope, async (sql) => {
      const missing = await this.silences.missing(sql, body.matcher);
      if (missing.length > 0)
        throw new ProblemError('not-found', {
          fields: missing.map((name) => ({ path: `body.matcher.${name}`, expected: 'one of yours' })),
        });
      const id = await this.silences.insert(sql, caller.operatorId, {
        matcher: body.matcher,
        reason: body.reason,
        startsAt,
        endsAt,
        by: caller.name,
        at: new Date(now),
      });
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'create', subjectType: 'silence', subjectId: id, change: body },
      );
      return this.#view(sql, caller.operatorId, id);
    });
  }

  @Implements(endpoints.endSilence)
  end(@Call() { caller, params, requestId }: CallOf<typeof endpoints.endSilence>) {
    return this.db.tx(caller.scope, async (sql) => {
      const silence = found(await this.silences.one(sql, caller.operatorId, params.silenceId, true));
      // Idempotent.
      if (silence.endedAt === null) {
        await this.silences.end(sql, caller.operatorId, silence.id, new Date(this.now()));
        await this.audit.write(
          sql,
          { caller, requestId },
          { verb: 'end', subjectType: 'silence', subjectId: silence.id, change: {} },
        );
      }
      return this.#view(sql, caller.operatorId, silence.id);
    });
  }

  async #view(sql: Sql, operatorId: string, id: string): Promise<Silence> {
    const silence = found(await this.silences.one(sql, operatorId, id));
    return silenceView(silence, await openIncidents(sql, operatorId), this.now());
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

async function openIncidents(sql: Sql, operatorId: string): Promise<Silenceable[]> {
  const { rows } = await sql.query<Silenceable>(
    `select kind, severity, json_build_object('customerId', customer_id, 'siteId', site_id, 'gatewayId', gateway_id, 'position', "position",
       'lineDeviceClass', line_device_class) as "where" from incident where operator_id = $1 and state = 'open'`,
    [operatorId],
  );
  return rows;
}
