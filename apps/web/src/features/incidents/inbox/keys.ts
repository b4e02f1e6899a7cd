import type { ShortcutGroup } from '../../../lib/shortcut-help.ts';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

/** What a single key does in the inbox. */
export type InboxCommand = 'next' | 'previous' | 'acknowledge' | 'select';

const COMMANDS: ReadonlyMap<string, InboxCommand> = new Map([
  ['j', 'next'],
  ['k', 'previous'],
  ['a', 'acknowledge'],
  ['x', 'select'],
]);

/** The command of a key press; null where it is none, or belongs to the browser. */
export function inboxCommand(key: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): InboxCommand | null {
  if (key.ctrlKey || key.metaKey || key.altKey) return null;
  return COMMANDS.get(key.key) ?? null;
}

/** Where the focus goes among `count` rows; from outside (-1) to the first or last; it stops at the ends. */
export function moved(index: number, count: number, command: 'next' | 'previous'): number {
  if (index < 0) return command === 'next' ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, index + (command === 'next' ? 1 : -1)));
}

/** For the list of keys that `?` opens. */
export const INBOX_SHORTCUTS: ShortcutGroup = {
  title: t('listIncidents'),
  keys: [
    ['J', t('nextIncident')],
    ['K', t('previousIncident')],
    [common('enterKey'), t('openTheIncident')],
    ['A', t('acknowledgeAllSelectedIncidents')],
    ['X', t('selectTheIncident')],
  ],
};
