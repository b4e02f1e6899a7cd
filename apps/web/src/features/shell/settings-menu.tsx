'use client';

import { Menu } from '@base-ui/react/menu';
import { endpoints } from '@loopstart/contracts';
import { CircleUserRound } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { query } from '../../lib/api/query.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t as people } from '../../messages/people.ts';
import { t as settings } from '../../messages/settings.ts';
import { t } from '../../messages/shell.ts';
import { useToast } from '../../ui/toast.tsx';
import { ownOperatorsQuery, useSwitch } from '../profile/index.ts';
import { useRefusal, useUser } from '../session/index.ts';

const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-base outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3';

/** Who is signed in, where else they work, and their own pages. */
export function SettingsMenu() {
  const user = useUser();
  const toast = useToast();
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
              <Menu.Separator className="mx-1 my-1.5 h-px bg-line" />
              {others.length > 0 && (
                <Menu.Group>
                  <Menu.GroupLabel className="px-2 pb-0.5 text-xs font-medium text-ink-3">
                    {people('switchTo')}
                  </Menu.GroupLabel>
                  {others.map(({ id, name }) => (
                    <Menu.Item key={id} className={ITEM} onClick={() => void change(id)}>
                      <span className="truncate">{name}</span>
                    </Menu.Item>
                  ))}
                  <Menu.Separator className="mx-1 my-1.5 h-px bg-line" />
                </Menu.Group>
              )}
              <Page href="/settings/profile">{people('profile')}</Page>
              <Page href="/settings/preferences">{settings('preferences')}</Page>
              {mayInvite && mode === 'mailbox' && <Page href="/settings/mailbox">{people('mailbox')}</Page>}
              <Menu.Item className={ITEM} onClick={signOut}>
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
      {children}
    </Menu.Item>
  );
}
