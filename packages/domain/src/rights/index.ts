export { type Access, allows, roleAllows, type RoleTable, rolesWith } from './access.ts';
export { type BlastVerdict, CONFIRM_FROM_LINES, judgeBlast, type Touched } from './blast-radius.ts';
export { type PermissionName, PERMISSIONS } from './permissions.ts';
export { rightsPage } from './page.ts';
export { limitOf, mayLimitTo, NO_PLACES, type Places, PLACES_MAX, TAG_PATTERN, WHOLE_OPERATOR_ONLY } from './places.ts';
export { exceeds, limitedRights, narrowed, type OwnRole, type Rights, rightsOf } from './rights.ts';
export { isRole, type Role, ROLE_TABLE, type RoleRow, ROLES } from './roles.ts';
