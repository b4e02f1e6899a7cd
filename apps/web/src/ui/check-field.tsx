'use client';

import type { ReactNode } from 'react';

/** A box to tick, with its label. */
export function CheckField(props: { checked: boolean; onChange: (checked: boolean) => void; label: ReactNode }) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2.5 text-base">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-4.5 shrink-0 accent-accent"
      />
      {props.label}
    </label>
  );
}
