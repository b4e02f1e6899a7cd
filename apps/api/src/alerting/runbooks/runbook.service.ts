import { Inject, Injectable } from '@nestjs/common';
import type { RunbookRun } from '@loopstart/contracts';
import { decide, type EvidenceItem, type Symptom } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { ActionRepository, ActionService } from '../../agents/actions/index.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { EvidenceRepository } from './evidence.repository.ts';
import { lineTestOutcome, withLineTest } from './line-test-evidence.ts';
import { type RunFilter, RunbookRepository, type RunRow } from './runbook.repository.ts';

export interface AskedRun {
  symptom: Symptom;
  incidentId: string | null;
  lineTest: boolean;
  lifeSafetyConfirmed: boolean;
  idempotencyKey: string;
}

/** Gathers evidence for a symptom, waits for the line test where there is one, and weighs it. */
@Injectable()
export class RunbookService {
  constructor(
    private readonly db: Database,
    private readonly runs: RunbookRepository,
    private readonly evidence: EvidenceRepository,
    private readonly actions: ActionRepository,
    private readonly asking: ActionService,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Starts a run; the same key again is the same run. */
  async start(by: By, gatewayId: string, position: number, asked: AskedRun): Promise<RunbookRun> {
    const { operatorId, name, scope } = by.caller;
    const now = new Date(this.now());
    const evidence = found(await this.evidence.gather(scope, gatewayId, position, now));
    const id = await this.changes.make(by, async (sql) => {
      const { symptom, incidentId, idempotencyKey } = asked;
      if (incidentId !== null) found((await this.runs.isAbout(sql, incidentId, gatewayId)) ? incidentId : null);
      const begun = await this.runs.begin(sql, {
        operatorId,
        gatewayId,
        position,
        incidentId,
        symptom,
        now,
        by: name,
        idempotencyKey,
        evidence,
      });
      const change = { gatewayId, position, symptom };
      return {
        result: begun,
        audit: begun === null ? null : { verb: 'run', subjectType: 'runbook', subjectId: begun, change },
      };
    });
    if (id === null) return this.#again(scope, gatewayId, position, asked);
    await this.#testLine(by, id, gatewayId, position, asked, evidence);
    return this.get(scope, id);
  }

  list(scope: Scope, filter: RunFilter): Promise<{ rows: RunRow[]; total: number }> {
    return this.db.tx(scope, (sql) => this.runs.list(sql, filter));
  }

  /** One run; ends it where its line test is over by now. */
  async get(scope: Scope, id: string): Promise<RunbookRun> {
    const row = await this.#row(scope, { id });
    if (row.state === 'done') return view(row);
    const now = this.now();
    const action = row.actionId === null ? undefined : await this.#action(scope, row.actionId);
    const outcome =
      action === undefined ? lineTestGone(row, now) : lineTestOutcome(action, row.startedAt.getTime(), now);
    if (outcome === 'running') return view(row);
    await this.#finish(scope, row, outcome.lineTest, withLineTest(row.evidence, outcome.evidence));
    return view(await this.#row(scope, { id }));
  }

  async #testLine(
    by: By,
    id: string,
    gatewayId: string,
    position: number,
    asked: AskedRun,
    evidence: EvidenceItem[],
  ): Promise<void> {
    const { scope } = by.caller;
    const without = async (reason: string) =>
      this.#finish(scope, await this.#row(scope, { id }), { state: 'not-run', reason, actionId: null }, evidence);
    if (!asked.lineTest) return without('It was not asked for.');
    try {
      const action = await this.asking.ask(by, gatewayId, {
        type: 'line-test',
        position,
        lifeSafetyConfirmed: asked.lifeSafetyConfirmed,
        // A runbook never interrupts a call; who wants to override asks for the line test itself.
        overrideReason: null,
        idempotencyKey: id,
      });
      await this.db.tx(scope, (sql) => this.runs.attach(sql, id, action.id));
    } catch (error) {
      // A line that must not be interrupted, or a gateway without a line test: the rest of the evidence stands.
      if (!(error instanceof ProblemError)) throw error;
      await without(error.message);
    }
  }

  async #finish(scope: Scope, row: RunRow, lineTest: RunbookRun['lineTest'], evidence: EvidenceItem[]): Promise<void> {
    const now = new Date(this.now());
    const conclusion = decide(row.symptom, evidence);
    await this.db.tx(scope, async (sql) => {
      const ended = await this.runs.finish(sql, row.id, { now, lineTest, evidence, conclusion });
      if (!ended || row.incidentId === null) return;
      const likely = conclusion.hypotheses[0]?.title ?? 'Nothing speaks for a cause';
      await this.runs.noteInIncident(sql, scope.operatorId, row, `${likely}. Next: ${conclusion.next.text}`, now);
    });
  }

  async #again(scope: Scope, gatewayId: string, position: number, asked: AskedRun): Promise<RunbookRun> {
    const row = await this.#row(scope, { idempotencyKey: asked.idempotencyKey });
    if (row.gatewayId !== gatewayId || row.position !== position || row.symptom !== asked.symptom)
      throw new ProblemError('already-exists', { detail: 'This idempotency key was used for another run.' });
    return this.get(scope, row.id);
  }

  async #row(scope: Scope, by: { id: string } | { idempotencyKey: string }): Promise<RunRow> {
    const { rows } = await this.db.tx(scope, (sql) => this.runs.list(sql, { ...by, after: null, limit: 1 }));
    return found(rows[0]);
  }

  async #action(scope: Scope, id: string) {
    const { rows } = await this.actions.list(scope, { id, after: null, limit: 1 });
    return rows[0];
  }
}

/** The process ended between the beginning of a run and its line test. */
function lineTestGone(
  row: RunRow,
  nowMs: number,
): { lineTest: RunbookRun['lineTest']; evidence: EvidenceItem[] } | 'running' {
  if (nowMs - row.startedAt.getTime() < 10_000) return 'running';
  return { lineTest: { state: 'not-run', reason: 'It could not be started.', actionId: null }, evidence: [] };
}

/** A run in the contract's form. */
export function view(row: RunRow): RunbookRun {
  return {
    id: row.id,
    symptom: row.symptom,
    gatewayId: row.gatewayId,
    gatewayName: row.gatewayName,
    position: row.position,
    incidentId: row.incidentId,
    state: row.state,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    startedBy: row.startedByName,
    lineTest: row.lineTest,
    evidence: row.evidence.map(({ key, value, reason, at, source }) => ({
      key,
      value: Array.isArray(value) ? [...value] : (value as string | number | boolean | null),
      reason,
      at: at === null ? null : new Date(at).toISOString(),
      source,
    })),
    hypotheses: row.conclusion?.hypotheses ?? [],
    next: row.conclusion?.next ?? null,
    busy: row.conclusion?.busy ?? true,
    lifeSafety: row.conclusion?.lifeSafety ?? false,
    missing: row.conclusion?.missing ?? [],
  };
}
