/**
 * What one check of a permission costs: every role against every permission, for people of the whole operator, for those who
 * are limited to places, and for tokens. Processor time; the reference in the same run reads the same arrays and asks nothing.
 *
 * npm run bench -- rights
 */
import {
  allows,
  limitedRights,
  narrowed,
  PERMISSIONS,
  type PermissionName,
  type Rights,
  rightsOf,
  ROLE_TABLE,
} from '@loopstart/domain';

const BUDGET_US = 5;
const ROUNDS = 2_000;
const permissions = Object.keys(PERMISSIONS) as PermissionName[];
const callers: Rights[] = Object.keys(ROLE_TABLE).flatMap((role) => {
  const rights = rightsOf(role, null)!;
  return [rights, limitedRights(rights), narrowed(rights, permissions.slice(0, permissions.length / 2))];
});

/** Processor time of one call, in µs; `allowed` keeps the work from being optimised away. */
function measure(work: (rights: Rights, permission: PermissionName) => boolean): { us: number; allowed: number } {
  let allowed = 0;
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const rights of callers) for (const permission of permissions) if (work(rights, permission)) allowed += 1;
  const { user, system } = process.cpuUsage(before);
  return { us: (user + system) / (ROUNDS * callers.length * permissions.length), allowed };
}

for (const work of [allows, (rights: Rights, permission: PermissionName) => rights.role === permission]) measure(work);
const check = measure(allows);
const reference = measure((rights, permission) => rights.role === permission);
const count = (ROUNDS * callers.length * permissions.length).toLocaleString('en');
process.stdout.write(
  `a permission check: ${check.us.toFixed(4)} µs (at most ${BUDGET_US}), ${count} checks, ${check.allowed} allowed; reading alone ${reference.us.toFixed(4)} µs\n`,
);
if (check.us > BUDGET_US) process.exitCode = 1;
