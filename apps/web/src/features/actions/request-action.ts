import { type Action, endpoints } from '@loopstart/contracts';
import type { ActionType } from '@loopstart/domain';
import { call } from '../../lib/api/browser.ts';
import { uuid } from '../../lib/uuid.ts';

/** Asks for an action without a word of consent, as one of many: what would interrupt somebody is refused. */
export const requestAction = (gatewayId: string, type: ActionType, position: number | null = null): Promise<Action> =>
  call(endpoints.createAction, { params: { gatewayId }, body: { type, position, idempotencyKey: uuid() } });
