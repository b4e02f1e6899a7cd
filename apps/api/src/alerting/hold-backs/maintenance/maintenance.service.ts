import { Inject, Injectable } from '@nestjs/common';
import type { MaintenanceInput, MaintenanceWindow } from '@loopstart/contracts';
import { dayNumberOf, instantOf, occurrencesBetween, parseLocalDate, parseLocalTime } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { type Confirm, type Reach, refuseWiderThan } from '../../../core/fleet/blast-radius.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { rangeOf, refused } from '../../../core/http/refuse.ts';
import { type By, Changes, former } from '../../../identity/audit/index.ts';
import { maintenanceFault } from './maintenance-check.ts';
import { maintenanceView } from './maintenance-view.ts';
import { MaintenanceRepository, type StoredWindow, type WindowData } from './maintenance.repository.ts';

const SUBJECT = 'maintenance-window';

/** Maintenance windows: planned, changed and ended. */
@Injectable()
export class MaintenanceService {
  constructor(
    private readonly windows: MaintenanceRepository,
    private readonly db: Database,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Occurrences in a range, in order. */
  async calendar(scope: Scope, range: { from: string; to: string }) {
    const { from, to } = rangeOf(range);
    const windows = await this.db.tx(scope, (sql) => this.windows.all(sql, scope.operatorId));
    const items = windows.flatMap((window) =>
      occurrencesBetween(window, from, to).map((span) => ({
        windowId: window.id,
        title: window.title,
        scopeName: window.scopeName,
        from: new Date(span.from).toISOString(),
        to: new Date(span.to).toISOString(),
      })),
    );
    return { items: items.sort((a, b) => a.from.localeCompare(b.from)) };
  }

  create(by: By, { confirm, ...input }: MaintenanceInput & Confirm): Promise<MaintenanceWindow> {
    const { operatorId, name, rights } = by.caller;
    return this.changes.make(by, async (sql) => {
      const data = await this.#checked(sql, input);
      await refuseWiderThan(sql, rights, reachOf(input), confirm);
      const id = await this.windows.insert(sql, operatorId, data, { name, at: new Date(this.now()) });
      return {
        result: await this.#view(sql, operatorId, id),
        audit: { verb: 'create', subjectType: SUBJECT, subjectId: id, change: input },
      };
    });
  }

  update(by: By, id: string, input: MaintenanceInput): Promise<MaintenanceWindow> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const window = found(await this.windows.one(sql, operatorId, id, true));
      if (window.endedAt !== null)
        throw new ProblemError('invalid-input', { detail: 'This window was ended; plan a new one.' });
      const before = former(maintenanceView(window, this.now()), input);
      await this.windows.update(sql, operatorId, id, await this.#checked(sql, input));
      return {
        result: await this.#view(sql, operatorId, id),
        audit: { verb: 'update', subjectType: SUBJECT, subjectId: id, change: input, before },
      };
    });
  }

  /** Ends the occurrence that is under way, or the whole series. Idempotent. */
  end(by: By, id: string, how: { series: boolean }): Promise<MaintenanceWindow> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const window = found(await this.windows.one(sql, operatorId, id, true));
      const ends = window.endedAt === null;
      if (ends && (how.series || window.recurrence === null))
        await this.windows.end(sql, operatorId, id, new Date(this.now()));
      else if (ends) await this.#endOccurrence(sql, operatorId, window);
      return {
        result: await this.#view(sql, operatorId, id),
        audit: ends ? { verb: 'end', subjectType: SUBJECT, subjectId: id, change: how } : null,
      };
    });
  }

  async #endOccurrence(sql: Sql, operatorId: string, window: StoredWindow): Promise<void> {
    const now = this.now();
    const present = occurrencesBetween(window, now, now + 1);
    if (present.length === 0) throw refused('body.series', 'true: no occurrence is under way');
    const begun = new Set(present.map(({ from }) => from));
    await this.windows.setExceptions(sql, operatorId, window.id, [
      ...window.exceptions.filter(({ startsAt }) => !begun.has(startsAt)),
      ...present.map(({ from }) => ({ startsAt: from, endsAt: now })),
    ]);
  }

  async #checked(sql: Sql, input: MaintenanceInput): Promise<WindowData> {
    const fault = maintenanceFault(input, this.now());
    if (fault !== null) throw refused(fault.path, fault.expected);
    if (!(await this.windows.scopeExists(sql, input.scope, input.scopeId))) throw new ProblemError('not-found');
    const day = dayNumberOf(parseLocalDate(input.startsOn));
    const startsAt = instantOf(day, parseLocalTime(input.startsAt), input.timeZone).instant;
    return { ...input, startsAt: new Date(startsAt) };
  }

  async #view(sql: Sql, operatorId: string, id: string): Promise<MaintenanceWindow> {
    return maintenanceView(found(await this.windows.one(sql, operatorId, id)), this.now());
  }
}

/** The place that a window is for. */
const reachOf = ({ scope, scopeId }: MaintenanceInput): Reach =>
  ({
    customer: { customerId: scopeId },
    site: { siteId: scopeId },
    gateway: { gatewayIds: [scopeId] },
  })[scope];
