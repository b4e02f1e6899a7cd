import {
  Activity,
  Ban,
  BellRing,
  Circle,
  CircleDashed,
  CircleQuestionMark,
  CloudOff,
  Grip,
  KeyRound,
  Lock,
  type LucideIcon,
  Pause,
  Phone,
  PhoneOff,
  RefreshCw,
  Unplug,
  Zap,
} from 'lucide-react';
import type { PortSign } from '../lib/words/port-sign.ts';
import { cx } from './cx.ts';

const ICONS: Record<PortSign, LucideIcon> = {
  idle: Circle,
  unused: CircleDashed,
  'in-use': Phone,
  ringing: BellRing,
  dialling: Grip,
  hold: Pause,
  'left-off-hook': PhoneOff,
  locked: Lock,
  registering: RefreshCw,
  'not-registered': CloudOff,
  refused: KeyRound,
  fault: Zap,
  unplugged: Unplug,
  out: Ban,
  testing: Activity,
  unknown: CircleQuestionMark,
};

/** The sign of a port's state; its words stand beside it or in an accessible name. */
export function PortSignIcon({ sign, className }: { sign: PortSign; className?: string }) {
  const Icon = ICONS[sign];
  return (
    <Icon
      aria-hidden="true"
      strokeWidth={2.25}
      className={cx('shrink-0', sign === 'ringing' && 'animate-ring', className)}
    />
  );
}
