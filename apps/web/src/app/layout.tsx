import { CSPProvider } from '@base-ui/react/csp-provider';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { AnnouncerProvider } from '../lib/announce/announcer.tsx';
import { requestTimeMs } from '../lib/clock/offset.ts';
import { ClockProvider } from '../lib/clock/now.tsx';
import { currentLocale } from '../lib/i18n/locale.ts';
import { readPreferences } from '../lib/preferences/model.ts';
import { PreferencesProvider } from '../lib/preferences/preferences.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import './globals.css';
import { t } from '../messages/shell.ts';

export const metadata: Metadata = {
  title: { default: t('loopstart'), template: '%s · Loopstart' },
  description: t('allAnalogueLinesCustomers'),
  robots: { index: false, follow: false },
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f9fa' },
    { media: '(prefers-color-scheme: dark)', color: '#0b1116' },
  ],
};

/**
 * Zod compiles schemas with `new Function` where it can. The Content Security Policy forbids that, and each
 * try would be reported; this is read by Zod before its first schema is made.
 */
const KEEP_ZOD_FROM_EVAL = 'globalThis.__zod_globalConfig={jitless:true}';

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const preferences = readPreferences((name) => jar.get(name)?.value);
  const nonce = sent.get('x-nonce') ?? undefined;
  return (
    <html lang={currentLocale()} data-theme={preferences.theme}>
      <head>
        {/* Browsers hide a nonce from scripts, hence the difference that is not warned about. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: KEEP_ZOD_FROM_EVAL }} />
      </head>
      <body>
        <CSPProvider {...(nonce === undefined ? {} : { nonce })}>
          <PreferencesProvider initial={preferences}>
            <ClockProvider renderedAtMs={requestTimeMs()}>
              <AnnouncerProvider>
                <ToastProvider>{children}</ToastProvider>
              </AnnouncerProvider>
            </ClockProvider>
          </PreferencesProvider>
        </CSPProvider>
      </body>
    </html>
  );
}
