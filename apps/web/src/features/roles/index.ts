export { rolesQuery } from './queries.ts';
export { beyond } from './role-draft.ts';
export { RolesPage } from './roles-page.tsx';
