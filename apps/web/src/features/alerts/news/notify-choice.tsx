'use client';

import type { Preferences } from '../../../lib/preferences/model.ts';
import { t } from '../../../messages/alerts.ts';
import { RadioList } from '../../../ui/radio-list.tsx';
import { useNotifications } from './use-notifications.ts';

const OPTIONS: readonly (readonly [Preferences['notify'], string])[] = [
  ['off', t('off')],
  ['critical', t('criticalIncidents')],
  ['major', t('majorCriticalIncidents')],
  ['all', t('allNewIncidents')],
];

/** Of which new incidents this browser shows a notification, and what stands in the way. */
export function NotifyChoice() {
  const { level, possible, words, choose } = useNotifications();
  return (
    <RadioList
      label={t('browserNotifications')}
      value={level}
      options={OPTIONS.map(([value, label]) => ({ value, words: label, disabled: !possible && value !== 'off' }))}
      note={words}
      onChange={(value) => void choose(value)}
    />
  );
}
