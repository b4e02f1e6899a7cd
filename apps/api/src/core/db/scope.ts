import type { Extent } from '@loopstart/domain';
import { isUuid } from '../uuid.ts';

/**
 * Which rows a transaction sees and writes. Immutable, and made by the functions below alone. An extent narrower than
 * the whole operator (customers, sites) comes together with the row policy that enforces it, never before: a transaction
 * refuses an extent that it cannot enforce.
 */
export class Scope {
  readonly extent: Extent;
  /** The person who works, whose own account and sessions are seen too; null: a worker of the system. */
  readonly accountId: string | null;
  readonly #operatorIds: readonly string[];

  private constructor(operatorIds: readonly string[], extent: Extent, accountId: string | null) {
    this.#operatorIds = Object.freeze([...operatorIds]);
    this.accountId = accountId;
    this.extent = extent;
    Object.freeze(this);
  }

  /** All rows of these operators; none where there are none. Throws RangeError on an id that is not a UUID. */
  static wholeOperators(operatorIds: readonly string[]): Scope {
    const invalid = operatorIds.find((id) => !isUuid(id));
    if (invalid !== undefined) throw new RangeError(`not the id of an operator: ${invalid}`);
    return new Scope(operatorIds, 'whole-operator', null);
  }

  /** The same rows, and those of the person's own account. Throws RangeError on an id that is not a UUID. */
  as(accountId: string): Scope {
    if (!isUuid(accountId)) throw new RangeError(`not the id of an account: ${accountId}`);
    return new Scope(this.#operatorIds, this.extent, accountId);
  }

  /** Whether the constructor made it: what only looks like a scope is none. */
  static isScope(value: unknown): value is Scope {
    return typeof value === 'object' && value !== null && #operatorIds in value;
  }

  get operatorIds(): readonly string[] {
    return this.#operatorIds;
  }

  /** The operator of a scope of one. Throws RangeError on any other. */
  get operatorId(): string {
    const [id] = this.operatorIds;
    if (id === undefined || this.operatorIds.length > 1) throw new RangeError('a scope of one operator is needed here');
    return id;
  }
}

/** All rows of one operator: for workers and jobs of the system. A request has the scope of its caller. */
export const wholeOperator = (operatorId: string): Scope => Scope.wholeOperators([operatorId]);

/** All rows of these operators: for workers that serve several in one transaction. */
export const wholeOperators = (operatorIds: readonly string[]): Scope => Scope.wholeOperators(operatorIds);

/** The rows of one account alone, of no operator: before a person has chosen where to work. */
export const accountAlone = (accountId: string): Scope => Scope.wholeOperators([]).as(accountId);

/** The settings of a transaction by which row policies know its scope. */
export interface ScopeSettings {
  'app.operators': string;
  'app.account': string;
}

/** The settings of a scope, each safe inside a quoted text. Throws RangeError on what is no scope, or has an extent that nothing enforces. */
export function settingsOf(scope: Scope): ScopeSettings {
  if (!Scope.isScope(scope)) throw new RangeError('not a scope');
  switch (scope.extent) {
    case 'whole-operator':
      return { 'app.operators': scope.operatorIds.join(','), 'app.account': scope.accountId ?? '' };
    default:
      throw new RangeError(`no row policy enforces this extent: ${String(scope.extent satisfies never)}`);
  }
}
