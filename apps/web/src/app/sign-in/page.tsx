import { endpoints } from '@loopstart/contracts';
import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { EntryFrame } from '../../features/entry/index.ts';
import { safeNext, SignInForm, SignOnReason } from '../../features/session/index.ts';
import { serverCall } from '../../lib/api/server.ts';
import { t as session } from '../../messages/session.ts';
import { t } from '../../messages/shell.ts';

export const metadata: Metadata = { title: t('signIn') };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next, sso } = await searchParams;
  const call = await serverCall();
  const entry = await call(endpoints.getEntry).catch(() => null);
  if (entry?.setUp === false) redirect('/setup');
  // A sign-in that waits for its second step: led here by an identity provider, or after a reload.
  const begun = await call(endpoints.getSecondStep).catch(() => null);
  return (
    <EntryFrame title={t('signIn')}>
      <SignOnReason reason={typeof sso === 'string' ? sso : null} />
      <SignInForm next={safeNext(typeof next === 'string' ? next : undefined)} begun={begun?.steps ?? []} />
      <p className="mt-4 text-sm">
        <Link href="/forgot-password" className="text-accent underline">
          {session('forgotPassword')}
        </Link>
      </p>
    </EntryFrame>
  );
}
