import { type Extent, type Role, ROLE_TABLE } from '@loopstart/domain';
import { type Scope, wholeOperator } from '../db/scope.ts';

/** The rows that a person of a role sees and writes in their operator, and those of their own account. */
export function scopeOfRole(operatorId: string, role: Role, accountId: string): Scope {
  const extent: Extent = ROLE_TABLE[role].extent;
  switch (extent) {
    case 'whole-operator':
      return wholeOperator(operatorId).as(accountId);
    default:
      throw new RangeError(`no scope has this extent: ${String(extent satisfies never)}`);
  }
}
