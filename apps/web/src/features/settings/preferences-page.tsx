'use client';

import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { t as shell } from '../../messages/shell.ts';
import { t } from '../../messages/settings.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { RadioList } from '../../ui/radio-list.tsx';
import { Section } from '../../ui/section.tsx';
import { NotifyChoice } from '../alerts/index.ts';
import { useUser } from '../session/index.ts';

/** Settings → Preferences: how the person likes the console in this browser. */
export function PreferencesPage() {
  const user = useUser();
  const { set, theme, zone, shortcuts, myZone } = usePreferences();
  return (
    <>
      <PageHeader title={t('preferences')} description={t('preferencesAbout')} />
      <Section title={t('look')}>
        <div className="flex flex-col gap-5">
          <RadioList
            label={shell('theme')}
            value={theme}
            onChange={(value) => set('theme', value)}
            options={[
              { value: 'system', words: shell('systemSetting') },
              { value: 'light', words: shell('light') },
              { value: 'dark', words: shell('dark') },
            ]}
          />
          <RadioList
            label={shell('times')}
            value={zone}
            onChange={(value) => set('zone', value)}
            options={[
              { value: 'site', words: shell('siteTimeZone') },
              { value: 'mine', words: shell('myZone', { timeZone: user.timeZone ?? (myZone || 'UTC') }) },
            ]}
          />
        </div>
      </Section>
      <Section title={t('keys')}>
        <div className="flex flex-col gap-5">
          <RadioList
            label={shell('singleKeyShortcuts')}
            value={shortcuts}
            onChange={(value) => set('shortcuts', value)}
            options={[
              { value: 'on', words: shell('searchesListsAll') },
              { value: 'off', words: shell('off') },
            ]}
          />
          <NotifyChoice />
        </div>
      </Section>
    </>
  );
}
