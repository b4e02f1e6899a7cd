import type { MaintenanceWindow } from '@loopstart/contracts';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { t } from '../../messages/maintenance.ts';

const WORDS = t.group('words');

/** Whether a window or silence is in force. */
export function WindowState({ state }: { state: MaintenanceWindow['state'] }) {
  if (state === 'over') return <span className="text-ink-3">{WORDS.over}</span>;
  return <SeverityLabel severity={state === 'active' ? 'minor' : 'info'}>{WORDS[state]}</SeverityLabel>;
}

export const WINDOW_STATE_WORDS = [
  ['active', WORDS.active],
  ['planned', WORDS.planned],
  ['over', WORDS.over],
] as const;
