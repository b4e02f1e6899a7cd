import { Inject, Injectable } from '@nestjs/common';
import type { ConditionView, ThresholdInput } from '@loopstart/contracts';
import {
  type AlertPlace,
  CONDITION_KINDS,
  LINE_DEVICE_CLASSES,
  type LineDeviceClass,
  thresholdFaults,
  Thresholds,
} from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { type By, Changes, former } from '../../identity/audit/index.ts';
import { conditionView, effectiveView } from './threshold-view.ts';
import { ThresholdRepository } from './threshold.repository.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NOWHERE: AlertPlace = {
  customerId: null,
  siteId: null,
  agentId: null,
  gatewayId: null,
  position: null,
  lineDeviceClass: null,
};

type Place = Parameters<ThresholdRepository['place']>[1];

const SUBJECT = 'threshold';

/** Sets thresholds. What the catalogue does not allow is refused: a rule never meets a value it cannot use. */
@Injectable()
export class ThresholdService {
  constructor(
    private readonly thresholds: ThresholdRepository,
    private readonly db: Database,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async conditions(scope: Scope): Promise<{ items: ConditionView[] }> {
    const settings = await this.db.tx(scope, (sql) => this.thresholds.all(sql, scope.operatorId));
    return { items: CONDITION_KINDS.map((kind) => conditionView(kind, settings)) };
  }

  /** What is in force at a place; nowhere in particular where none is named. */
  effective(scope: Scope, at: Place) {
    const { siteId, gatewayId, position } = at;
    if (position !== undefined && gatewayId === undefined) throw refused('query.gatewayId', 'the gateway of the line');
    return this.db.tx(scope, async (sql) => {
      const isNowhere = siteId === undefined && gatewayId === undefined;
      const place = isNowhere ? NOWHERE : found(await this.thresholds.place(sql, at));
      return { items: effectiveView(place, await this.thresholds.all(sql, scope.operatorId)) };
    });
  }

  /** Throws `invalid-input` and `not-found`. */
  set(by: By, input: ThresholdInput): Promise<ConditionView> {
    const { operatorId, name } = by.caller;
    return this.changes.make(by, async (sql) => {
      const place = await this.#placeOf(sql, input);
      const others = (await this.thresholds.all(sql, operatorId, input.kind)).filter(
        ({ scope, scopeId }) => scope !== input.scope || scopeId !== input.scopeId,
      );
      const { why } = new Thresholds(others).at(input.kind, place);
      const wider = Object.fromEntries(Object.entries(why).map(([name, { value }]) => [name, value]));
      const faults = thresholdFaults(input, wider);
      if (faults.length > 0)
        throw new ProblemError('invalid-input', {
          fields: faults.map(({ path, expected }) => ({ path: `body.${path}`, expected })),
        });
      const present = (await this.thresholds.all(sql, operatorId, input.kind)).find(
        ({ scope, scopeId }) => scope === input.scope && scopeId === input.scopeId,
      );
      const before = present === undefined ? {} : former(present, input);
      const id = await this.thresholds.set(sql, operatorId, input, name, new Date(this.now()));
      const settings = await this.thresholds.all(sql, operatorId, input.kind);
      return {
        result: conditionView(input.kind, settings),
        audit: { verb: 'set', subjectType: SUBJECT, subjectId: id, change: input, before },
      };
    });
  }

  /** Throws `not-found`. */
  reset(by: By, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      const change = found(await this.thresholds.reset(sql, by.caller.operatorId, id));
      return { result: undefined, audit: { verb: 'reset', subjectType: SUBJECT, subjectId: id, change } };
    });
  }

  /** Where the scope is. */
  async #placeOf(sql: Sql, { scope, scopeId }: ThresholdInput): Promise<AlertPlace> {
    switch (scope) {
      case 'operator':
        if (scopeId !== '') throw refused('body.scopeId', 'nothing: it is for all');
        return NOWHERE;
      case 'line-device-class':
        if (!(LINE_DEVICE_CLASSES as readonly string[]).includes(scopeId))
          throw refused('body.scopeId', `one of ${LINE_DEVICE_CLASSES.join(', ')}`);
        return { ...NOWHERE, lineDeviceClass: scopeId as LineDeviceClass };
      case 'customer':
        idOf(scopeId);
        if (!(await this.thresholds.customerExists(sql, scopeId))) throw new ProblemError('not-found');
        return { ...NOWHERE, customerId: scopeId };
      case 'site':
        return this.#existing(sql, { siteId: idOf(scopeId) });
      case 'port': {
        const [gatewayId = '', position = ''] = scopeId.split('/');
        if (!/^[1-9]\d{0,4}$/.test(position)) throw refused('body.scopeId', '<gatewayId>/<position>');
        return this.#existing(sql, { gatewayId: idOf(gatewayId), position: Number(position) });
      }
    }
  }

  async #existing(sql: Sql, subject: Place): Promise<AlertPlace> {
    const place = await this.thresholds.place(sql, subject);
    if (place === null) throw new ProblemError('not-found');
    return place;
  }
}

/** Ids are compared as texts, so only the one way to write them is taken. */
function idOf(text: string): string {
  if (!UUID.test(text)) throw refused('body.scopeId', 'an id');
  return text;
}
