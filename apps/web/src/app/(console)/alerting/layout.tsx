import type { ReactNode } from 'react';
import { SubNav } from '../../../ui/sub-nav.tsx';

const PAGES = [
  { href: '/alerting/channels', label: 'Channels' },
  { href: '/alerting/policies', label: 'Policies' },
  { href: '/alerting/schedules', label: 'On-call' },
  { href: '/alerting/maintenance', label: 'Maintenance' },
  { href: '/alerting/silences', label: 'Silences' },
  { href: '/alerting/thresholds', label: 'Thresholds' },
] as const;

/** Who is told of what, when, and where the line is drawn. */
export default function AlertingLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SubNav label="Alerting" items={PAGES} />
      {children}
    </>
  );
}
