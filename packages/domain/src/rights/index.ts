export { type Access, allows, isRole, type RoleTable, rolesWith } from './access.ts';
export { type PermissionName, PERMISSIONS } from './permissions.ts';
export { type Extent, type Role, ROLE_TABLE, type RoleRow, ROLES } from './roles.ts';
