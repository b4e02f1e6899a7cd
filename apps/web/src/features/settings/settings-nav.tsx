'use client';

import { t as library } from '../../messages/library.ts';
import { t as provider } from '../../messages/provider.ts';
import { t as security } from '../../messages/security.ts';
import { t as singleSignOn } from '../../messages/single-sign-on.ts';
import { t } from '../../messages/settings.ts';
import { SubNav } from '../../ui/sub-nav.tsx';
import { useUser } from '../session/index.ts';

/** What holds for the organisation, then what holds for the person alone. */
const PAGES = [
  { href: '/settings/organisation', label: t('organisation') },
  { href: '/settings/people', label: t('people') },
  { href: '/settings/roles', label: t('roles') },
  { href: '/settings/security', label: security('title') },
  { href: '/settings/single-sign-on', label: singleSignOn('title') },
  { href: '/settings/tokens', label: t('tokens') },
  { href: '/settings/audit', label: t('audit') },
  { href: '/settings/usage', label: provider('usage') },
  { href: '/settings/operators', label: provider('operators'), provider: true },
  { href: '/settings/library', label: library('title'), provider: true },
  { href: '/settings/profile', label: t('profile') },
  { href: '/settings/preferences', label: t('preferences') },
];

/** The pages of the settings. Those of the installation are shown to people of the provider alone. */
export function SettingsNav() {
  const user = useUser();
  const shown = PAGES.filter((page) => user.provider || page.provider !== true);
  return <SubNav label={t('settings')} items={shown} />;
}
