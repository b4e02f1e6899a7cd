export { ProfilePage } from './profile-page.tsx';
export { ownOperatorsQuery } from './queries.ts';
export { useSwitch } from './use-switch.ts';
