import type { ShortcutGroup } from '../../../lib/shortcut-help.ts';
import { t } from '../../../messages/incidents.ts';

/** The key that the list of incidents has besides those of every list. For the list of keys that `?` opens. */
export const INBOX_SHORTCUTS: ShortcutGroup = {
  title: t('listIncidents'),
  keys: [['A', t('acknowledgeAllSelectedIncidents')]],
};
