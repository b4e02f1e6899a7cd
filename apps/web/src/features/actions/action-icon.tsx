import type { ActionType } from '@loopstart/domain';
import { Activity, Lightbulb, Lock, LockOpen, type LucideIcon, Power, RefreshCw, RotateCcw } from 'lucide-react';

const ICONS: Record<ActionType, LucideIcon> = {
  identify: Lightbulb,
  'poll-now': RefreshCw,
  'lock-port': Lock,
  'unlock-port': LockOpen,
  'reset-port': RotateCcw,
  'line-test': Activity,
  reboot: Power,
};

export function ActionIcon({ type, className }: { type: ActionType; className?: string }) {
  const Icon = ICONS[type];
  return <Icon aria-hidden="true" strokeWidth={1.75} className={className} />;
}
