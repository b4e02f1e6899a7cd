import {
  BellRing,
  Building2,
  Cpu,
  LayoutDashboard,
  ListTree,
  MapPin,
  Radio,
  Server,
  Siren,
  Users,
  type LucideIcon,
} from 'lucide-react';

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
  /** A number that is shown beside it while it is not zero. */
  counts?: 'open-incidents';
}

/** The parts of the console, most used first. */
export const NAVIGATION: readonly (readonly NavItem[])[] = [
  [
    { href: '/', label: 'Overview', icon: LayoutDashboard },
    { href: '/incidents', label: 'Incidents', icon: Siren, counts: 'open-incidents' },
    { href: '/sites', label: 'Sites', icon: MapPin },
    { href: '/gateways', label: 'Gateways', icon: Server },
    { href: '/ports', label: 'Ports', icon: ListTree },
    { href: '/events', label: 'Events', icon: Radio },
  ],
  [
    { href: '/customers', label: 'Customers', icon: Building2 },
    { href: '/agents', label: 'Agents', icon: Users },
    { href: '/alerting', label: 'Alerting', icon: BellRing },
    { href: '/drivers', label: 'Drivers', icon: Cpu },
  ],
];

/** Whether a navigation entry leads to where one is, or to above it. */
export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
