'use client';

import { dehydrate, QueryClientProvider } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useEffect, useState } from 'react';
import { Tooltip } from '@base-ui/react/tooltip';
import { makeBrowserClient } from '../../lib/api/client.ts';
import { ServedBoundary } from '../../lib/api/served.tsx';
import { watchPresence } from '../../lib/presence.ts';
import { LiveProvider } from '../../lib/live/provider.tsx';
import { LogoMark } from '../../ui/logo.tsx';
import { type IncidentCounts, IncidentNews, incidentCountsQuery } from '../alerts/index.ts';
import { ProofDialog } from '../factors/index.ts';
import { GlobalSearch } from '../search/index.ts';
import { signInPath, useUser } from '../session/index.ts';
import { ConnectionGuard } from './connection-guard.tsx';
import { LinesConfirm } from './lines-confirm.tsx';
import { LiveBadge } from './live-badge.tsx';
import { MobileNav } from './mobile-nav.tsx';
import { NavList } from './nav-list.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { ZoneToggle } from './zone-toggle.tsx';
import { t } from '../../messages/shell.ts';

/** The frame of the console: where one can go on the left, what is searched and how current it is on top. */
export function Shell({ counts, children }: { counts: IncidentCounts | null; children: ReactNode }) {
  const user = useUser();
  useEffect(watchPresence, []);
  const [client] = useState(() => {
    const made = makeBrowserClient(() =>
      window.location.assign(signInPath(window.location.pathname + window.location.search)),
    );
    // The navigation stands outside of what pages read in advance.
    if (counts !== null) made.setQueryData(incidentCountsQuery().queryKey, counts);
    return made;
  });
  const [served] = useState(() => dehydrate(client));
  return (
    <QueryClientProvider client={client}>
      <ServedBoundary state={served}>
        <LiveProvider
          owner={{ userId: user.id, operatorId: user.operator.id }}
          // Whoever is signed in now gets their own console; nobody, the sign-in.
          onOver={() => window.location.reload()}
        >
          <IncidentNews />
          <ShortcutsDialog />
          <LinesConfirm />
          <ProofDialog />
          <Tooltip.Provider>
            <a
              href="#content"
              className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-accent-ink focus:translate-y-0"
            >
              {t('skipContent')}
            </a>
            <div className="lg:grid print:block lg:grid-cols-[13.5rem_minmax(0,1fr)]">
              <Sidebar />
              <div className="min-w-0">
                <TopBar />
                <ConnectionGuard />
                <main
                  id="content"
                  tabIndex={-1}
                  className="mx-auto flex max-w-[92rem] flex-col gap-4 px-4 py-5 pb-16 sm:px-6"
                >
                  {children}
                </main>
              </div>
            </div>
          </Tooltip.Provider>
        </LiveProvider>
      </ServedBoundary>
    </QueryClientProvider>
  );
}

function Sidebar() {
  const user = useUser();
  return (
    <div
      data-screen-only=""
      className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r border-line bg-surface px-3 py-3 lg:flex"
    >
      <nav aria-label={t('main')} className="flex flex-col gap-4">
        <Link href="/" className="flex items-center gap-2 rounded-md px-1 py-1">
          <LogoMark className="size-7" />
          <span className="min-w-0 leading-tight">
            <span className="block font-semibold tracking-tight">{t('loopstart')}</span>
            <span className="block truncate text-xs text-ink-3">{user.operator.name}</span>
          </span>
        </Link>
        <div>
          <NavList />
        </div>
      </nav>
    </div>
  );
}

function TopBar() {
  return (
    <header
      data-screen-only=""
      className="sticky top-0 z-30 flex h-14 items-center gap-1.5 border-b border-line bg-surface/92 px-3 backdrop-blur-sm sm:gap-2 sm:px-6"
    >
      <div className="flex items-center gap-1 lg:hidden">
        <MobileNav />
        <Link href="/" aria-label={t('loopstartOverview')} className="grid size-9 place-items-center rounded-md">
          <LogoMark className="size-7" />
        </Link>
      </div>
      <GlobalSearch />
      <div className="ml-auto flex items-center gap-0.5 sm:gap-2">
        <LiveBadge />
        <div className="max-sm:hidden">
          <ZoneToggle />
        </div>
        <SettingsMenu />
      </div>
    </header>
  );
}
