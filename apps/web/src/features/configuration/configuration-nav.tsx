'use client';

import { t as lines } from '../../messages/config-lines.ts';
import { t as dialPlans } from '../../messages/dial-plans.ts';
import { t } from '../../messages/configuration.ts';
import { SubNav } from '../../ui/sub-nav.tsx';

const PAGES = [
  { href: '/configuration', label: t('settings'), exact: true },
  { href: '/configuration/lines', label: lines('title') },
  { href: '/configuration/dial-plans', label: dialPlans('title') },
  { href: '/configuration/drafts', label: t('drafts') },
  { href: '/configuration/revisions', label: t('revisions') },
  { href: '/configuration/deployments', label: t('deployments') },
  { href: '/configuration/drift', label: t('drift') },
];

/** The pages of the configuration, in the order of its life. */
export function ConfigurationNav() {
  return <SubNav label={t('configuration')} items={PAGES} />;
}
