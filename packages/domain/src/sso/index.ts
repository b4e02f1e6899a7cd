export { admitPerson, type NewcomerFacts, type PersonAdmission, SSO_REFUSALS, type SsoRefusal } from './admission.ts';
export { DOMAIN_PATTERN, domainOf, isOfDomains } from './email-domain.ts';
export { ROLE_REFUSALS, SIGN_ON_REFUSALS, type SignOnRefusal } from './refusals.ts';
export {
  groupsOf,
  keepsOwner,
  type MappedOutcome,
  type MappedRole,
  mapRole,
  type RoleMapping,
  type RoleRule,
} from './role-mapping.ts';
