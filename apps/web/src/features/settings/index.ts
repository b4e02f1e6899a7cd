export { OrganisationPage } from './organisation-page.tsx';
export { PreferencesPage } from './preferences-page.tsx';
export { organisationQuery } from './queries.ts';
export { SettingsNav } from './settings-nav.tsx';
