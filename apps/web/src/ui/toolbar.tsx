import type { ReactNode } from 'react';

/** Search and filters above a list. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search aria-label={label} className="flex flex-wrap items-center gap-2">
      {children}
    </search>
  );
}
