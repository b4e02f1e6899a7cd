import { type Extent, type Role, ROLE_TABLE } from '@loopstart/domain';
import { type Scope, wholeOperator } from '../db/scope.ts';

/** The rows that people of a role see and write in their operator. */
export function scopeOfRole(operatorId: string, role: Role): Scope {
  const extent: Extent = ROLE_TABLE[role].extent;
  switch (extent) {
    case 'whole-operator':
      return wholeOperator(operatorId);
    default:
      throw new RangeError(`no scope has this extent: ${String(extent satisfies never)}`);
  }
}
