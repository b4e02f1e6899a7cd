'use client';

import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { useId } from 'react';
import type { Preferences } from '../../../lib/preferences/model.ts';
import { useNotifications } from './use-notifications.ts';
import { t } from '../../../messages/alerts.ts';

const OPTIONS: readonly (readonly [Preferences['notify'], string])[] = [
  ['off', t('off')],
  ['critical', t('criticalIncidents')],
  ['major', t('majorCriticalIncidents')],
  ['all', t('allNewIncidents')],
];

/** Part of a menu: of which new incidents this browser shows a notification, and what stands in the way. */
export function NotifyChoice({ itemClass }: { itemClass: string }) {
  const { level, possible, words, choose } = useNotifications();
  const id = useId();
  return (
    <Menu.Group>
      <Menu.Separator className="mx-1 my-1.5 h-px bg-line" />
      <Menu.GroupLabel className="px-2 pb-0.5 text-xs font-medium text-ink-3">
        {t('browserNotifications')}
      </Menu.GroupLabel>
      <Menu.RadioGroup
        value={level}
        aria-describedby={id}
        onValueChange={(value: Preferences['notify']) => void choose(value)}
      >
        {OPTIONS.map(([value, word]) => (
          <Menu.RadioItem
            key={value}
            value={value}
            closeOnClick={false}
            disabled={!possible && value !== 'off'}
            className={itemClass}
          >
            <span className="w-4">
              <Menu.RadioItemIndicator>
                <Check aria-hidden="true" className="size-4 text-accent" />
              </Menu.RadioItemIndicator>
            </span>
            {word}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <p id={id} className="px-2 pt-0.5 pb-1 text-xs text-ink-2">
        {words}
      </p>
    </Menu.Group>
  );
}
