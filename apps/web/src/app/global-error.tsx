'use client';

import './globals.css';

/** The last resort, where even the frame failed. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="grid min-h-dvh place-items-center px-6">
          <div role="alert" className="flex max-w-sm flex-col items-center gap-3 text-center">
            <h1 className="text-lg font-semibold">The console could not be shown</h1>
            <p className="text-ink-2">Your gateways go on working. Try again, or reload the page.</p>
            <button type="button" onClick={reset} className="rounded-md border border-edge px-3 py-2 font-medium">
              Try again
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
