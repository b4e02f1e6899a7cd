'use client';

import './globals.css';
import { currentLocale } from '../lib/i18n/locale.ts';
import { t } from '../messages/shell.ts';

/** The last resort, where even the frame failed. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang={currentLocale()}>
      <body>
        <main className="grid min-h-dvh place-items-center px-6">
          <div role="alert" className="flex max-w-sm flex-col items-center gap-3 text-center">
            <h1 className="text-lg font-semibold">{t('consoleFailed')}</h1>
            <p className="text-ink-2">{t('gatewaysKeepWorkingTry')}</p>
            <button type="button" onClick={reset} className="rounded-md border border-edge px-3 py-2 font-medium">
              {t('tryAgain')}
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
