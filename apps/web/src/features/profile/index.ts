export { ownOperatorsQuery } from './operator-list.tsx';
export { ProfilePage } from './profile-page.tsx';
export { useSwitch } from './use-switch.ts';
