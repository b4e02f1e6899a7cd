import type { Extent } from '@loopstart/domain';
import { isUuid } from '../uuid.ts';

/**
 * Which rows a transaction sees and writes. Immutable, and made by the functions below alone. An extent narrower than
 * the whole operator (customers, sites) comes together with the row policy that enforces it, never before: a transaction
 * refuses an extent that it cannot enforce.
 */
export class Scope {
  readonly extent: Extent;
  readonly #operatorIds: readonly string[];

  private constructor(operatorIds: readonly string[], extent: Extent) {
    this.#operatorIds = Object.freeze([...operatorIds]);
    this.extent = extent;
    Object.freeze(this);
  }

  /** All rows of these operators; none where there are none. Throws RangeError on an id that is not a UUID. */
  static wholeOperators(operatorIds: readonly string[]): Scope {
    const invalid = operatorIds.find((id) => !isUuid(id));
    if (invalid !== undefined) throw new RangeError(`not the id of an operator: ${invalid}`);
    return new Scope(operatorIds, 'whole-operator');
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

/** The value of `app.operators` for a transaction, safe inside a quoted text. Throws RangeError on what is no scope, or has an extent that nothing enforces. */
export function operatorsSetting(scope: Scope): string {
  if (!Scope.isScope(scope)) throw new RangeError('not a scope');
  switch (scope.extent) {
    case 'whole-operator':
      return scope.operatorIds.join(',');
    default:
      throw new RangeError(`no row policy enforces this extent: ${String(scope.extent satisfies never)}`);
  }
}
