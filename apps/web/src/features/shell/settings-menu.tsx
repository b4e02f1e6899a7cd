'use client';

import { Menu } from '@base-ui/react/menu';
import { endpoints } from '@loopstart/contracts';
import { useQuery } from '@tanstack/react-query';
import { Check, CircleUserRound } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { query } from '../../lib/api/query.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { useToast } from '../../ui/toast.tsx';
import { NotifyChoice } from '../alerts/index.ts';
import { ownOperatorsQuery, useSwitch } from '../profile/index.ts';
import { useRefusal, useUser } from '../session/index.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t as people } from '../../messages/people.ts';
import { t as audit } from '../../messages/audit.ts';
import { t as provider } from '../../messages/provider.ts';
import { t } from '../../messages/shell.ts';
import { t as roles } from '../../messages/roles.ts';
import { t as tokens } from '../../messages/tokens.ts';

const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-base outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3';

/** Who is signed in, and how they like the console. */
export function SettingsMenu() {
  const user = useUser();
  const preferences = usePreferences();
  const mayAudit = useRefusal('audit.read') === null;
  const mayUsage = useRefusal('usage.read') === null;
  const mayTokens = useRefusal('tokens.read') === null;
  const toast = useToast();
  const mayPeople = useRefusal('members.read') === null;
  const mayRoles = useRefusal('roles.read') === null;
  const mayInvite = useRefusal('members.invite') === null;
  const [open, setOpen] = useState(false);
  // Asked for when the menu opens: most people work for one organisation.
  const others =
    useQuery({ ...ownOperatorsQuery(), enabled: open }).data?.items.filter(({ current }) => !current) ?? [];
  const mode = useQuery({ ...query('getEntry'), enabled: open && mayInvite }).data?.mail;
  const change = useSwitch();

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
      <Menu.Root open={open} onOpenChange={setOpen}>
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
              {others.length > 0 && (
                <Menu.Group>
                  <Menu.GroupLabel className="px-2 pb-0.5 text-xs font-medium text-ink-3">
                    {people('switchTo')}
                  </Menu.GroupLabel>
                  {others.map(({ id, name }) => (
                    <Menu.Item key={id} className={ITEM} onClick={() => void change(id)}>
                      <span className="w-4" />
                      <span className="truncate">{name}</span>
                    </Menu.Item>
                  ))}
                  <Menu.Separator className="mx-1 my-1.5 h-px bg-line" />
                </Menu.Group>
              )}
              <Page href="/settings/profile">{people('profile')}</Page>
              {mayPeople && <Page href="/settings/people">{people('people')}</Page>}
              {mayRoles && <Page href="/settings/roles">{roles('title')}</Page>}
              {mayInvite && mode === 'mailbox' && <Page href="/settings/mailbox">{people('mailbox')}</Page>}
              {mayTokens && <Page href="/settings/tokens">{tokens('title')}</Page>}
              {mayUsage && <Page href="/settings/usage">{provider('usage')}</Page>}
              {user.provider && <Page href="/settings/operators">{provider('operators')}</Page>}
              {mayAudit && <Page href="/settings/audit">{audit('audit')}</Page>}
              <Menu.Item className={ITEM} onClick={signOut}>
                <span className="w-4" />
                {t('signOut')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}

function Page({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Menu.Item className={ITEM} render={<Link href={href} />}>
      <span className="w-4" />
      {children}
    </Menu.Item>
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
