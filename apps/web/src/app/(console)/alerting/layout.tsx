import type { ReactNode } from 'react';
import { SubNav } from '../../../ui/sub-nav.tsx';
import { t } from '../../../messages/shell.ts';
import { t as common } from '../../../messages/common.ts';

const PAGES = [
  { href: '/alerting/channels', label: t('channels2') },
  { href: '/alerting/deliveries', label: t('deliveryLog') },
  { href: '/alerting/policies', label: t('policies') },
  { href: '/alerting/schedules', label: t('onCall') },
  { href: '/alerting/maintenance', label: t('maintenance') },
  { href: '/alerting/silences', label: t('silences') },
  { href: '/alerting/thresholds', label: t('thresholds') },
] as const;

/** Who is told of what, when, and where the line is drawn. */
export default function AlertingLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SubNav label={common('alerting')} items={PAGES} />
      {children}
    </>
  );
}
