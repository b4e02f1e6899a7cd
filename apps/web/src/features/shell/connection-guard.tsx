'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { useLiveStatus } from '../../lib/live/provider.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { knownReachable, staysInConsole } from './held-navigation.ts';
import { t } from '../../messages/shell.ts';

const ASK_MS = 4_000;
const RETRY_MS = 3_000;

/** The part of the Navigation API that is used; browsers without it lack only the last net. */
interface Navigate extends Event {
  destination: { url: string; sameDocument: boolean };
  navigationType: string;
}

/**
 * Without a connection a page of the console cannot be opened, and the browser would replace the console by its own
 * error page. The page that is there stays instead, says so, and goes on by itself once the service answers.
 */
export function ConnectionGuard() {
  const live = useLiveStatus();
  const router = useRouter();
  const [held, setHeld] = useState<string | null>(null);

  const ask = async (href: string, go: () => void) => {
    if (await answers()) go();
    else setHeld(href);
  };
  const onClick = useEffectEvent((event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || event.defaultPrevented || event.button !== 0) return;
    const own =
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey ||
      link.target !== '' ||
      link.hasAttribute('download');
    if (!staysInConsole({ url: new URL(link.href), from: new URL(window.location.href), own })) return;
    if (knownReachable(navigator.onLine, live) === true) return;
    event.preventDefault();
    event.stopPropagation();
    const { href } = link;
    void ask(href, () => router.push(href));
  });
  // A router that cannot fetch a page falls back to loading it: the last moment to keep what is there.
  const onNavigate = useEffectEvent((event: Navigate) => {
    if (leaving || event.destination.sameDocument || !event.cancelable || event.navigationType === 'reload') return;
    const url = new URL(event.destination.url);
    if (!staysInConsole({ url, from: new URL(window.location.href), own: false })) return;
    event.preventDefault();
    void ask(url.href, () => leaveFor(url.href));
  });
  useEffect(() => {
    const { navigation } = window as unknown as { navigation?: EventTarget };
    const click = (event: MouseEvent) => onClick(event);
    const navigate = (event: Event) => onNavigate(event as Navigate);
    document.addEventListener('click', click, true);
    navigation?.addEventListener('navigate', navigate);
    return () => {
      document.removeEventListener('click', click, true);
      navigation?.removeEventListener('navigate', navigate);
    };
  }, []);
  useEffect(() => {
    if (held === null) return undefined;
    const timer = setInterval(() => void answers().then((is) => is && leaveFor(held)), RETRY_MS);
    return () => clearInterval(timer);
  }, [held]);

  if (held === null) return null;
  return (
    <div role="alert" className="mx-auto max-w-[92rem] px-4 pt-4 sm:px-6">
      <Banner tone="unknown" title={t('noConnectionPageCannot')}>
        <p>{t('pageShowsLastKnown')}</p>
        <div className="mt-2">
          <Button size="sm" onClick={() => setHeld(null)}>
            {t('stayHere')}
          </Button>
        </div>
      </Banner>
    </div>
  );
}

/** Set once the service has answered: this leaving is meant. */
let leaving = false;
function leaveFor(href: string): void {
  leaving = true;
  window.location.assign(href);
}

async function answers(): Promise<boolean> {
  try {
    const answer = await fetch('/api/v1/session', { cache: 'no-store', signal: AbortSignal.timeout(ASK_MS) });
    return answer.status < 500;
  } catch {
    return false;
  }
}
