import Link from 'next/link';
import type { ReactNode } from 'react';

/** The link that names a row of a grid: as high as a finger or a pointer needs it (24 px). */
export const RowLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="inline-block min-h-6 max-w-full truncate leading-6 font-medium text-ink hover:underline">
    {children}
  </Link>
);

/** A link to what a row belongs to. */
export const CellLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="inline-block min-h-6 max-w-full truncate leading-6 hover:underline">
    {children}
  </Link>
);
