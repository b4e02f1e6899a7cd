import Link from 'next/link';
import { buttonClass } from '../ui/button-class.ts';
import { LogoMark } from '../ui/logo.tsx';

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="flex max-w-sm flex-col items-center gap-3 text-center">
        <LogoMark className="size-10" />
        <h1 className="text-lg font-semibold">There is nothing at this address</h1>
        <p className="text-ink-2">It may have been removed, or the link is wrong.</p>
        <Link href="/" className={buttonClass('plain')}>
          To the overview
        </Link>
      </div>
    </main>
  );
}
