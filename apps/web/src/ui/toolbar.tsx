import type { ReactNode } from 'react';

/** Search and filters above a list. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search aria-label={label} className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center">
      {children}
    </search>
  );
}
