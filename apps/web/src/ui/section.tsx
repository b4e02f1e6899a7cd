import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

/** A titled part of a page on its own surface. */
export function Section(props: {
  title: string;
  /** A short remark beside the title. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Content that reaches the edges, such as a table. */
  flush?: boolean;
  className?: string;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cx('min-w-0 overflow-clip rounded-lg border border-line bg-surface', props.className)}
    >
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
        <h2 id={id} className="font-semibold">
          {props.title}
        </h2>
        {props.note !== undefined && <div className="text-sm text-ink-3">{props.note}</div>}
        {props.actions !== undefined && (
          <div className="ml-auto flex flex-wrap items-center gap-2">{props.actions}</div>
        )}
      </div>
      <div className={props.flush ? 'border-t border-line' : 'px-4 pb-4'}>{props.children}</div>
    </section>
  );
}
