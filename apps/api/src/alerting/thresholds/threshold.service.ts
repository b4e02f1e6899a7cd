import { Inject, Injectable } from '@nestjs/common';
import type { ConditionView, ThresholdInput } from '@loopstart/contracts';
import {
  type AlertPlace,
  LINE_DEVICE_CLASSES,
  type LineDeviceClass,
  thresholdFaults,
  Thresholds,
} from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { conditionView } from './threshold-view.ts';
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

/** Sets thresholds. What the catalogue does not allow is refused: a rule never meets a value it cannot use. */
@Injectable()
export class ThresholdService {
  constructor(
    private readonly thresholds: ThresholdRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throws `invalid-input` and `not-found`. */
  async set(sql: Sql, caller: Caller, input: ThresholdInput): Promise<{ id: string; view: ConditionView }> {
    const place = await this.#placeOf(sql, input);
    const others = (await this.thresholds.all(sql, caller.operatorId, input.kind)).filter(
      ({ scope, scopeId }) => scope !== input.scope || scopeId !== input.scopeId,
    );
    const { why } = new Thresholds(others).at(input.kind, place);
    const wider = Object.fromEntries(Object.entries(why).map(([name, { value }]) => [name, value]));
    const faults = thresholdFaults(input, wider);
    if (faults.length > 0)
      throw new ProblemError('invalid-input', {
        fields: faults.map(({ path, expected }) => ({ path: `body.${path}`, expected })),
      });
    const id = await this.thresholds.set(sql, caller.operatorId, input, caller.name, new Date(this.now()));
    const settings = await this.thresholds.all(sql, caller.operatorId, input.kind);
    return { id, view: conditionView(input.kind, settings) };
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

  async #existing(sql: Sql, subject: Parameters<ThresholdRepository['place']>[1]): Promise<AlertPlace> {
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
