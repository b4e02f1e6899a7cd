import type { Metadata } from 'next';
import { safeNext, SignInForm } from '../../features/session/index.ts';
import { LogoMark } from '../../ui/logo.tsx';
import { t } from '../../messages/shell.ts';

export const metadata: Metadata = { title: t('signIn') };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next } = await searchParams;
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-88">
        <div className="mb-6 flex items-center gap-2.5">
          <LogoMark className="size-9" />
          <span className="text-xl font-semibold tracking-tight">{t('loopstart')}</span>
        </div>
        <div className="rounded-lg border border-line bg-surface p-6">
          <h1 className="mb-4 text-lg font-semibold">{t('signIn')}</h1>
          <SignInForm next={safeNext(typeof next === 'string' ? next : undefined)} />
        </div>
        <p className="mt-4 text-sm text-ink-3">{t('allAnalogueLinesCustomers')}</p>
      </div>
    </main>
  );
}
