import Link from 'next/link';
import { buttonClass } from '../ui/button-class.ts';
import { LogoMark } from '../ui/logo.tsx';
import { t } from '../messages/shell.ts';

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="flex max-w-sm flex-col items-center gap-3 text-center">
        <LogoMark className="size-10" />
        <h1 className="text-lg font-semibold">{t('noPageAddress')}</h1>
        <p className="text-ink-2">{t('mayRemovedLinkWrong')}</p>
        <Link href="/" className={buttonClass('plain')}>
          {t('goOverview')}
        </Link>
      </div>
    </main>
  );
}
