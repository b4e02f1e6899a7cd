import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** Names and values, as a definition list in columns that fit. */
export function Facts({
  items,
  columns = 2,
}: {
  items: readonly (readonly [name: string, value: ReactNode])[];
  columns?: 1 | 2 | 3;
}) {
  return (
    <dl
      className={cx(
        'grid gap-x-6 gap-y-2.5',
        columns === 2 && 'sm:grid-cols-2',
        columns === 3 && 'sm:grid-cols-2 xl:grid-cols-3',
      )}
    >
      {items.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-ink-3">{name}</dt>
          <dd className="wrap-anywhere text-base text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
