export { type DirectoryDecision, decideAccess, type AccessFacts } from './access.ts';
export { SCIM_OPERATORS, type ScimFilter, type ScimOperator, type ScimValue } from './filter.ts';
export type { PatchOperation, PatchPath } from './operation.ts';
export { patchGroup } from './patch-group.ts';
export { patchPerson } from './patch-person.ts';
export {
  addressOf,
  DIRECTORY_GROUPS_MAX,
  DIRECTORY_PEOPLE_MAX,
  DIRECTORY_TEXT_MAX,
  type DirectoryEmail,
  type DirectoryGroup,
  type DirectoryPerson,
  nameOf,
  NO_PERSON,
  ruleNamesOf,
} from './person.ts';
export { PatchRefusal, type ScimType } from './refusal.ts';
