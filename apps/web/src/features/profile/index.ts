export { ProfilePage } from './profile-page.tsx';
export { ownOperatorsQuery, ownSessionsQuery } from './queries.ts';
export { useSwitch } from './use-switch.ts';
