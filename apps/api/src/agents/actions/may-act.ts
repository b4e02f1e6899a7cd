import { ROLES, type Role } from '@loopstart/contracts';

/** The role that may ask for anything, and override with a written reason what nobody can tell. */
const ROLE_NEEDED: Role = 'technician';

/** Whether a role may ask gateways to do something. */
export const mayAct = (role: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(ROLE_NEEDED);
