export { admitPerson, type NewcomerFacts, type PersonAdmission, SSO_REFUSALS, type SsoRefusal } from './admission.ts';
export {
  DOMAIN_CHECK_MS,
  DOMAIN_NOTICES,
  type DomainNotice,
  type DomainProof,
  DOMAIN_STATES,
  type DomainState,
  judgeDomain,
  lostAt,
  recordOf,
  speaksFor,
  TXT_LOOKUPS,
  type TxtLookup,
} from './domain-proof.ts';
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
