import Link from 'next/link';
import type { ReactNode } from 'react';
import { t as shell } from '../../messages/shell.ts';
import { t } from '../../messages/entry.ts';
import { LogoMark } from '../../ui/logo.tsx';

/** The frame of every page before sign-in. */
export function EntryFrame(props: { title: string; children: ReactNode; signIn?: boolean }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-96">
        <div className="mb-6 flex items-center gap-2.5">
          <LogoMark className="size-9" />
          <span className="text-xl font-semibold tracking-tight">{shell('loopstart')}</span>
        </div>
        <div className="rounded-lg border border-line bg-surface p-6">
          <h1 className="mb-4 text-lg font-semibold">{props.title}</h1>
          {props.children}
        </div>
        <p className="mt-4 text-sm text-ink-3">
          {props.signIn === true ? (
            <Link href="/sign-in" className="text-accent underline">
              {t('backToSignIn')}
            </Link>
          ) : (
            shell('allAnalogueLinesCustomers')
          )}
        </p>
      </div>
    </main>
  );
}
