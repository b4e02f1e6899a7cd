import {
  BellRing,
  Building2,
  Cpu,
  LayoutDashboard,
  ListTree,
  MapPin,
  Phone,
  Radio,
  Server,
  Settings,
  Siren,
  SlidersHorizontal,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { t as common } from '../../messages/common.ts';
import { t as configuration } from '../../messages/configuration.ts';
import { t as settings } from '../../messages/settings.ts';

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
  /** A number that is shown beside it while it is not zero. */
  counts?: 'open-incidents' | 'agents-asking';
}

/** The parts of the console, most used first. */
export const NAVIGATION: readonly (readonly NavItem[])[] = [
  [
    { href: '/', label: common('overview'), icon: LayoutDashboard },
    { href: '/incidents', label: common('incidents'), icon: Siren, counts: 'open-incidents' },
    { href: '/sites', label: common('sites'), icon: MapPin },
    { href: '/gateways', label: common('gateways'), icon: Server },
    { href: '/ports', label: common('ports'), icon: ListTree },
    { href: '/events', label: common('events'), icon: Radio },
    { href: '/calls', label: common('calls'), icon: Phone },
  ],
  [
    { href: '/customers', label: common('customers'), icon: Building2 },
    { href: '/agents', label: common('agents'), icon: Users, counts: 'agents-asking' },
    { href: '/configuration', label: configuration('configuration'), icon: SlidersHorizontal },
    { href: '/alerting', label: common('alerting'), icon: BellRing },
    { href: '/drivers', label: common('drivers'), icon: Cpu },
    { href: '/settings', label: settings('settings'), icon: Settings },
  ],
];

/** Whether a navigation entry leads to where one is, or to above it. */
export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
