import { type Places, PLACES_MAX, TAG_PATTERN } from '@loopstart/domain';
import { isUuid } from '../uuid.ts';

/**
 * Which rows a transaction sees and writes: of which operators, and there of which places. Immutable, and made by the
 * functions below alone. Row policies enforce both, and without either setting they show nothing.
 */
export class Scope {
  /** The person who works, whose own account and sessions are seen too; null: a worker of the system. */
  readonly accountId: string | null;
  /** Null: the whole fleet of each operator. */
  readonly limitedTo: Places | null;
  readonly #operatorIds: readonly string[];

  private constructor(operatorIds: readonly string[], limitedTo: Places | null, accountId: string | null) {
    this.#operatorIds = Object.freeze([...operatorIds]);
    this.accountId = accountId;
    this.limitedTo = limitedTo === null ? null : checked(limitedTo);
    Object.freeze(this);
  }

  /** All rows of these operators; none where there are none. Throws RangeError on an id that is not a UUID. */
  static wholeOperators(operatorIds: readonly string[]): Scope {
    const invalid = operatorIds.find((id) => !isUuid(id));
    if (invalid !== undefined) throw new RangeError(`not the id of an operator: ${invalid}`);
    return new Scope(operatorIds, null, null);
  }

  /** The same rows, and those of the person's own account. Throws RangeError on an id that is not a UUID. */
  as(accountId: string): Scope {
    if (!isUuid(accountId)) throw new RangeError(`not the id of an account: ${accountId}`);
    return new Scope(this.#operatorIds, this.limitedTo, accountId);
  }

  /** Of these rows, those of these places alone; null limits nothing. Throws RangeError on what names no place. */
  limited(places: Places | null): Scope {
    if (places === null) return this;
    if (this.limitedTo !== null) throw new RangeError('this scope is limited already');
    return new Scope(this.#operatorIds, places, this.accountId);
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
  /** "*", or the places as JSON. */
  'app.scope': string;
}

/** The settings of a scope, each safe inside a quoted text. Throws RangeError on what is no scope. */
export function settingsOf(scope: Scope): ScopeSettings {
  if (!Scope.isScope(scope)) throw new RangeError('not a scope');
  return {
    'app.operators': scope.operatorIds.join(','),
    'app.account': scope.accountId ?? '',
    'app.scope': scope.limitedTo === null ? '*' : JSON.stringify(scope.limitedTo),
  };
}

/** A frozen copy, safe inside a quoted text. */
function checked({ customerIds, siteIds, tags }: Places): Places {
  const invalid = [...customerIds, ...siteIds].find((id) => !isUuid(id)) ?? tags.find((tag) => !TAG_PATTERN.test(tag));
  if (invalid !== undefined) throw new RangeError(`not a place: ${invalid}`);
  if ([customerIds, siteIds, tags].some((list) => list.length > PLACES_MAX))
    throw new RangeError(`a scope names at most ${PLACES_MAX} places of a kind`);
  const lists = { customerIds: [...customerIds], siteIds: [...siteIds], tags: [...tags] };
  for (const list of Object.values(lists)) Object.freeze(list);
  return Object.freeze(lists);
}
