import { Inject, Injectable } from '@nestjs/common';
import type { ConfigDriftView, ConfigKeyChange } from '@loopstart/contracts';
import { compareSettings, DRIFT_IGNORED_MS_MAX, graveKeys, needsDecision, type Touched } from '@loopstart/domain';
import { openPayload } from '../../agents/config-jobs/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { type Scope, wholeOperators } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { DeployService } from '../deployments/index.ts';
import type { RunSettings } from './config-text.ts';
import { DriftRepository } from './drift.repository.ts';
import { RunningRepository } from './running.repository.ts';
import { Texts } from './texts.service.ts';

/** Configurations that are compared at a time. */
const AT_ONCE = 200;
/** How long an overwriting is tried. */
const OVERWRITE_FOR_MS = 7 * 86_400_000;

export type DriftDecision =
  | { decision: 'overwrite'; reason: string; lifeSafetyConfirmed: boolean; confirm?: Touched | undefined }
  | { decision: 'ignore'; reason: string; until: string };

/** Finds what was changed elsewhere, and carries out what people decide of it. */
@Injectable()
export class DriftService {
  constructor(
    private readonly db: Database,
    private readonly drifts: DriftRepository,
    private readonly running: RunningRepository,
    private readonly texts: Texts,
    private readonly secrets: Secrets,
    private readonly deployer: DeployService,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list(scope: Scope, filter: Parameters<DriftRepository['list']>[2]) {
    return this.db.tx(scope, (sql) => this.drifts.list(sql, scope.operatorId, filter));
  }

  async decide(by: By, id: string, decision: DriftDecision): Promise<ConfigDriftView> {
    const { operatorId, name, scope } = by.caller;
    const now = this.now();
    const until = decision.decision === 'ignore' ? untilOf(decision.until, now) : null;
    // Begun first: a deployment that is refused settles nothing.
    if (decision.decision === 'overwrite')
      await this.deployer.deploy(by, {
        gatewayIds: [(await this.db.tx(scope, (sql) => this.#undecided(sql, operatorId, id, now))).gateway.id],
        mode: 'now',
        stopOnFailure: true,
        reason: decision.reason,
        expiresAt: new Date(now + OVERWRITE_FOR_MS).toISOString(),
        lifeSafetyConfirmed: decision.lifeSafetyConfirmed,
        overrideReason: null,
        acceptsReadBack: false,
        confirm: decision.confirm,
      });
    await this.changes.make(by, async (sql) => {
      const { gateway } = await this.#undecided(sql, operatorId, id, now);
      const state = decision.decision === 'overwrite' ? 'overwritten' : 'ignored';
      await this.drifts.decide(sql, id, { state, reason: decision.reason, until, by: name, at: new Date(now) });
      const change = { gatewayId: gateway.id, reason: decision.reason, until: until?.toISOString() ?? null };
      return {
        result: undefined,
        audit: { verb: decision.decision, subjectType: 'config-drift', subjectId: id, change },
      };
    });
    return this.db.tx(scope, async (sql) => found(await this.drifts.one(sql, operatorId, id)));
  }

  /** A drift of which something can be decided. Throws `not-found` and `nothing-changed`. */
  async #undecided(sql: Sql, operatorId: string, id: string, now: number): Promise<ConfigDriftView> {
    const drift = found(await this.drifts.one(sql, operatorId, id));
    if (drift.state !== 'ignored' && !needsDecision({ state: drift.state, until: null }, now))
      throw new ProblemError('nothing-changed');
    return drift;
  }

  /** Compares what was read since the last time with what was confirmed before. */
  async compareNew(): Promise<void> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    if (rows.length === 0) return;
    await this.db.tx(wholeOperators(rows.map(({ id }) => id)), async (sql) => {
      for (const one of await this.running.uncompared(sql, AT_ONCE)) {
        if (one.confirmedJobId !== null) await this.#compare(sql, one.operatorId, one.id, one.confirmedJobId);
        await this.running.compared(sql, one.id, new Date(this.now()));
      }
    });
  }

  /** A text that cannot be read shows nothing. */
  async #compare(sql: Sql, operatorId: string, runningId: string, jobId: string): Promise<void> {
    const running = await this.running.one(sql, runningId);
    if (running === null || running.text === null) return;
    const settings = await this.texts.settings(operatorId, running).catch((error: unknown) => {
      if (error instanceof ProblemError) return null;
      throw error;
    });
    if (settings === null) return;
    const { rows } = await sql.query<{ payload: Buffer }>('select payload from config_job where id = $1', [jobId]);
    const { changes, emergency, sealedKeys } = await openPayload(
      this.secrets,
      operatorId,
      jobId,
      found(rows[0]).payload,
    );
    const wanted = changes.map((change) => ({
      key: change.key,
      value: change.kind === 'set' ? change.value : null,
      secret: change.secret === true,
    }));
    const { gatewayId } = running.config;
    const at = { operatorId, gatewayId, jobId, now: new Date(this.now()) };
    const keys = differences(wanted, settings);
    const grave = graveKeys(
      keys.map(({ key }) => key),
      { emergency: new Set(emergency.map(({ key }) => key)), sealed: new Set(sealedKeys) },
    );
    await this.drifts.note(sql, at, keys, grave);
  }
}

/** What cannot be compared is no difference. */
function differences(wanted: Parameters<typeof compareSettings>[0], settings: RunSettings): ConfigKeyChange[] {
  return compareSettings(wanted, settings, 'default')
    .differences.filter(({ result }) => result === 'different')
    .map(({ key, expected, found, secret }) => ({ key, before: expected, after: found, isSecret: secret }));
}

function untilOf(text: string, now: number): Date {
  const at = Date.parse(text);
  if (at <= now) throw refused('body.until', 'later than now');
  if (at > now + DRIFT_IGNORED_MS_MAX) throw refused('body.until', 'at most a year from now');
  return new Date(at);
}
