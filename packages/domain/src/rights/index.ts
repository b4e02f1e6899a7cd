export { type Access, allows, roleAllows, type RoleTable, rolesWith } from './access.ts';
export { type BlastVerdict, CONFIRM_FROM_LINES, judgeBlast, type Touched } from './blast-radius.ts';
export { type PermissionName, PERMISSIONS } from './permissions.ts';
export { isProviderRight, PROVIDER_RIGHTS, type ProviderRight } from './provider.ts';
export { rightsPage } from './page.ts';
export {
  limitOf,
  mayLimitTo,
  NO_PLACES,
  type Places,
  PLACES_MAX,
  SITE_TAGS_MAX,
  TAG_PATTERN,
  WHOLE_OPERATOR_ONLY,
} from './places.ts';
export { seesSite, type SitePlace, tagEffects } from './tag-effects.ts';
export { exceeds, limitedRights, narrowed, type OwnRole, type Rights, rightsOf, suspendedRights } from './rights.ts';
export { isRole, type Role, ROLE_TABLE, type RoleRow, ROLES } from './roles.ts';
