import { Controller, Inject } from '@nestjs/common';
import { endpoints, type MaintenanceInput, type MaintenanceWindow } from '@loopstart/contracts';
import { dayNumberOf, instantOf, occurrencesBetween, parseLocalDate, parseLocalTime } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { decodeCursor, page } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { rangeOf, refused } from '../../../core/http/refuse.ts';
import { AuditRepository } from '../../../identity/audit/index.ts';
import { maintenanceFault } from './maintenance-check.ts';
import { maintenanceView } from './maintenance-view.ts';
import { MaintenanceRepository, type StoredWindow, type WindowData } from './maintenance.repository.ts';

@Controller()
export class MaintenanceController {
  constructor(
    private readonly windows: MaintenanceRepository,
    private readonly db: Database,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listMaintenance)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listMaintenance>) {
    const after = decodeCursor(query.cursor, ['instant', 'uuid']);
    const now = this.now();
    const stored = await this.db.tx(caller.scope, (sql) => this.windows.all(sql, caller.operatorId));
    // The state of a window depends on its calendar, which SQL does not know.
    const all = stored.map((window) => maintenanceView(window, now));
    const matching = all.filter(({ state }) => query.state === undefined || state === query.state);
    const rest = matching.filter(
      ({ createdAt, id }) =>
        after === null || createdAt < String(after[0]) || (createdAt === after[0] && id > String(after[1])),
    );
    return { ...page(rest, query.limit, ({ createdAt, id }) => [createdAt, id]), total: matching.length };
  }

  @Implements(endpoints.getMaintenanceCalendar)
  async calendar(@Call() { caller, query }: CallOf<typeof endpoints.getMaintenanceCalendar>) {
    const { from, to } = rangeOf(query);
    const windows = await this.db.tx(caller.scope, (sql) => this.windows.all(sql, caller.operatorId));
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

  @Implements(endpoints.createMaintenance)
  create(@Call() { caller, body, requestId }: CallOf<typeof endpoints.createMaintenance>) {
    return this.db.tx(caller.scope, async (sql) => {
      const data = await this.#checked(sql, body);
      const by = { name: caller.name, at: new Date(this.now()) };
      const id = await this.windows.insert(sql, caller.operatorId, data, by);
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'create', subjectType: 'maintenance-window', subjectId: id, change: body },
      );
      return this.#view(sql, caller.operatorId, id);
    });
  }

  @Implements(endpoints.updateMaintenance)
  update(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.updateMaintenance>) {
    return this.db.tx(caller.scope, async (sql) => {
      const window = found(await this.windows.one(sql, caller.operatorId, params.windowId, true));
      if (window.endedAt !== null)
        throw new ProblemError('invalid-input', { detail: 'This window was ended; plan a new one.' });
      await this.windows.update(sql, caller.operatorId, params.windowId, await this.#checked(sql, body));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'update', subjectType: 'maintenance-window', subjectId: params.windowId, change: body },
      );
      return this.#view(sql, caller.operatorId, params.windowId);
    });
  }

  @Implements(endpoints.endMaintenance)
  end(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.endMaintenance>) {
    return this.db.tx(caller.scope, async (sql) => {
      const window = found(await this.windows.one(sql, caller.operatorId, params.windowId, true));
      // Idempotent.
      if (window.endedAt === null) {
        if (body.series || window.recurrence === null)
          await this.windows.end(sql, caller.operatorId, window.id, new Date(this.now()));
        else await this.#endOccurrence(sql, caller.operatorId, window);
        await this.audit.write(
          sql,
          { caller, requestId },
          { verb: 'end', subjectType: 'maintenance-window', subjectId: window.id, change: body },
        );
      }
      return this.#view(sql, caller.operatorId, window.id);
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
