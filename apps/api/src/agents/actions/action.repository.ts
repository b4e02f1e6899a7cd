import { Injectable } from '@nestjs/common';
import type { Action } from '@loopstart/contracts';
import type { PermissionSubject, RefusalCode } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import type { Caller } from '../../core/http/implements.ts';
import { AuditRepository } from '../../identity/audit/index.ts';
import { actionSubject } from './action-subject.ts';
import { lineTestOf, TESTED_LINE_COLUMNS, type TestedLineRow } from './line-test-view.ts';

export interface NewAction {
  gatewayId: string;
  agentId: string;
  position: number | null;
  type: string;
  lifeSafetyConfirmed: boolean;
  overrideReason: string | null;
  /** The refusal that the override lifted; null where there was none. */
  overrode: RefusalCode | null;
  now: Date;
  expiresAt: Date;
  idempotencyKey: string;
}

/** Columns of an action as `toAction` reads them. */
export const ACTION_COLUMNS = `${TESTED_LINE_COLUMNS}, id, gateway_id as "gatewayId", "position", type, state, reason, reason_code as "reasonCode", override_reason as "overrideReason", overrode, result, requested_by_name as "requestedBy", requested_at as "requestedAt",
  updated_at as "updatedAt", expires_at as "expiresAt"`;

/** Actions: the requests to gateways, and their progress. */
@Injectable()
export class ActionRepository {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditRepository,
  ) {}

  /** The facts of a gateway and its agent that the permission function needs; null where there is no such gateway. */
  subject(scope: Scope, gatewayId: string, now: Date): Promise<{ agentId: string; subject: PermissionSubject } | null> {
    return this.db.tx(scope, (sql) => actionSubject(sql, gatewayId, now));
  }

  /** Stores a new action; the same idempotency key again returns the first one. */
  create(by: { caller: Caller; requestId: string }, action: NewAction): Promise<{ action: Action; isNew: boolean }> {
    return this.db.tx(by.caller.scope, async (sql) => {
      const inserted = await sql.query(
        `insert into action (operator_id, gateway_id, agent_id, "position", type, state, life_safety_confirmed, requested_by, requested_by_name, requested_at, updated_at, expires_at, idempotency_key, override_reason, overrode)
         values ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9, $9, $10, $11, $12, $13) on conflict (operator_id, idempotency_key) do nothing returning ${ACTION_COLUMNS}`,
        [
          by.caller.operatorId,
          action.gatewayId,
          action.agentId,
          action.position,
          action.type,
          action.lifeSafetyConfirmed,
          by.caller.userId,
          by.caller.name,
          action.now,
          action.expiresAt,
          action.idempotencyKey,
          action.overrideReason,
          action.overrode,
        ],
      );
      if (inserted.rows[0] !== undefined) {
        const { type, position, lifeSafetyConfirmed, overrideReason, overrode } = action;
        await this.audit.write(sql, by, {
          verb: 'ask',
          subjectType: 'gateway',
          subjectId: action.gatewayId,
          change: { type, position, lifeSafetyConfirmed, overrideReason, overrode },
        });
        return { action: toAction(inserted.rows[0]), isNew: true };
      }
      const { rows } = await sql.query(`select ${ACTION_COLUMNS} from action where idempotency_key = $1`, [
        action.idempotencyKey,
      ]);
      return { action: toAction(rows[0]), isNew: false };
    });
  }

  /** The action that was created with this key; null where there is none. */
  byKey(scope: Scope, idempotencyKey: string): Promise<Action | null> {
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query(`select ${ACTION_COLUMNS} from action where idempotency_key = $1`, [
        idempotencyKey,
      ]);
      return rows[0] === undefined ? null : toAction(rows[0]);
    });
  }

  /** Up to `limit` actions, newest first. */
  list(
    scope: Scope,
    filter: {
      id?: string;
      gatewayId?: string | undefined;
      position?: number | undefined;
      after: (string | number)[] | null;
      limit: number;
    },
  ): Promise<{ rows: Action[]; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const match = `($1::uuid is null or id = $1) and ($2::uuid is null or gateway_id = $2) and ($3::int is null or "position" = $3)`;
      const values = [filter.id ?? null, filter.gatewayId ?? null, filter.position ?? null];
      const { rows } = await sql.query(
        `select ${ACTION_COLUMNS} from action where ${match} and ($4::timestamptz is null or (requested_at, id) < ($4, $5::uuid)) order by requested_at desc, id desc limit $6`,
        [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
      );
      const count = await sql.query<{ total: number }>(
        `select count(*)::int as total from action where ${match}`,
        values,
      );
      return { rows: rows.map(toAction), total: count.rows[0]?.total ?? 0 };
    });
  }

  /** Cancels an action that no agent has begun. Returns it as it is afterwards; null where there is none. */
  cancel(by: { caller: Caller; requestId: string }, id: string, now: Date): Promise<Action | null> {
    return this.db.tx(by.caller.scope, async (sql) => {
      const { rowCount } = await sql.query(
        `update action set state = 'cancelled', updated_at = $2, reason = 'Taken back.' where id = $1 and state = 'queued'`,
        [id, now],
      );
      if (rowCount === 1)
        await this.audit.write(sql, by, { verb: 'cancel', subjectType: 'action', subjectId: id, change: {} });
      const { rows } = await sql.query(`select ${ACTION_COLUMNS} from action where id = $1`, [id]);
      return rows[0] === undefined ? null : toAction(rows[0]);
    });
  }
}

type Dated<T> = { [K in keyof T]: K extends 'requestedAt' | 'updatedAt' | 'expiresAt' ? Date : T[K] };

/** A row in the contract's form of an action. */
export function toAction({ testedLine, ...row }: Dated<Omit<Action, 'lineTest'>> & TestedLineRow): Action {
  return {
    ...row,
    lineTest: lineTestOf(row, testedLine),
    requestedAt: row.requestedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
