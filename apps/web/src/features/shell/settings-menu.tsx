'use client';

import { Menu } from '@base-ui/react/menu';
import { endpoints } from '@loopstart/contracts';
import { Check, CircleUserRound } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { useToast } from '../../ui/toast.tsx';
import { NotifyChoice } from '../alerts/index.ts';
import { PasswordDialog, useRefusal, useUser } from '../session/index.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t as audit } from '../../messages/audit.ts';
import { t } from '../../messages/shell.ts';
import { t as tokens } from '../../messages/tokens.ts';

const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-base outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3';

/** Who is signed in, and how they like the console. */
export function SettingsMenu() {
  const user = useUser();
  const preferences = usePreferences();
  const mayAudit = useRefusal('audit.read') === null;
  const mayTokens = useRefusal('tokens.read') === null;
  const toast = useToast();
  const [changing, setChanging] = useState(false);

  const signOut = async () => {
    try {
      await call(endpoints.signOut);
      window.location.assign('/sign-in');
    } catch (error) {
      toast(t('stillSigned'), tell(error).sentence);
    }
  };

  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          aria-label={t('accountSettings', { name: user.name })}
          className="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover"
        >
          <CircleUserRound aria-hidden="true" className="size-5" strokeWidth={1.75} />
        </Menu.Trigger>
        {/* A landmark, as everything on a page belongs into one: the menu stands outside of the header. */}
        <Menu.Portal render={<section aria-label="Account and settings" />}>
          <Menu.Positioner align="end" sideOffset={6} collisionPadding={8} className="z-50">
            <Menu.Popup className="max-h-(--available-height) w-72 overflow-y-auto rounded-lg border border-line bg-raised p-1.5 shadow-raised outline-none">
              <div className="px-2 pt-1 pb-2">
                <p className="truncate font-semibold">{user.name}</p>
                <p className="truncate text-sm text-ink-2">{user.email}</p>
                <p className="truncate text-sm text-ink-3">
                  {user.operator.name} · {user.roleTitle}
                </p>
              </div>
              <Choice
                label={t('theme')}
                value={preferences.theme}
                onChange={(theme) => preferences.set('theme', theme)}
                options={[
                  ['system', t('systemSetting')],
                  ['light', t('light')],
                  ['dark', t('dark')],
                ]}
              />
              <Choice
                label={t('times')}
                value={preferences.zone}
                onChange={(zone) => preferences.set('zone', zone)}
                options={[
                  ['site', t('siteTimeZone')],
                  ['mine', t('myZone', { timeZone: user.timeZone ?? (preferences.myZone || 'UTC') })],
                ]}
              />
              <Choice
                label={t('singleKeyShortcuts')}
                value={preferences.shortcuts}
                onChange={(shortcuts) => preferences.set('shortcuts', shortcuts)}
                options={[
                  ['on', t('searchesListsAll')],
                  ['off', t('off')],
                ]}
              />
              <NotifyChoice itemClass={ITEM} />
              <Menu.Separator className="mx-1 my-1.5 h-px bg-line" />
              {mayAudit && (
                <Menu.Item className={ITEM} render={<Link href="/settings/audit" />}>
                  <span className="w-4" />
                  {audit('audit')}
                </Menu.Item>
              )}
              {mayTokens && (
                <Menu.Item className={ITEM} render={<Link href="/settings/tokens" />}>
                  <span className="w-4" />
                  {tokens('title')}
                </Menu.Item>
              )}
              <Menu.Item className={ITEM} onClick={() => setChanging(true)}>
                <span className="w-4" />
                {t('changePassword')}
              </Menu.Item>
              <Menu.Item className={ITEM} onClick={signOut}>
                <span className="w-4" />
                {t('signOut')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <PasswordDialog open={changing} onOpenChange={setChanging} />
    </>
  );
}

function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, word: string])[];
  onChange: (value: T) => void;
}): ReactNode {
  return (
    <Menu.Group>
      <Menu.Separator className="mx-1 my-1.5 h-px bg-line" />
      <Menu.GroupLabel className="px-2 pb-0.5 text-xs font-medium text-ink-3">{props.label}</Menu.GroupLabel>
      <Menu.RadioGroup value={props.value} onValueChange={(value: T) => props.onChange(value)}>
        {props.options.map(([value, word]) => (
          <Menu.RadioItem key={value} value={value} closeOnClick={false} className={ITEM}>
            <span className="w-4">
              <Menu.RadioItemIndicator>
                <Check aria-hidden="true" className="size-4 text-accent" />
              </Menu.RadioItemIndicator>
            </span>
            {word}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}
