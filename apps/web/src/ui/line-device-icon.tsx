import type { LineDeviceClass } from '@loopstart/domain';
import {
  ArrowUpDown,
  CircleDashed,
  CircleHelp,
  CreditCard,
  DoorOpen,
  type LucideIcon,
  Megaphone,
  Phone,
  Printer,
  Router,
  ShieldAlert,
} from 'lucide-react';

const ICONS: Record<LineDeviceClass, LucideIcon> = {
  phone: Phone,
  fax: Printer,
  'alarm-panel': ShieldAlert,
  'lift-phone': ArrowUpDown,
  'door-entry': DoorOpen,
  paging: Megaphone,
  'card-terminal': CreditCard,
  modem: Router,
  unused: CircleDashed,
  unknown: CircleHelp,
};

/** What is plugged in, as a picture; its word stands beside it or in an accessible name. */
export function LineDeviceIcon({ device, className }: { device: LineDeviceClass; className?: string }) {
  const Icon = ICONS[device];
  return <Icon aria-hidden="true" strokeWidth={1.75} className={className} />;
}
