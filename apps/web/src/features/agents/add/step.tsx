import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../../ui/cx.ts';
import { t } from '../../../messages/agents.ts';

/** One numbered step. Steps to come are there to be read, but stand back. */
export function Step(props: { number: number; title: string; state: 'done' | 'now' | 'later'; children: ReactNode }) {
  return (
    <li
      aria-current={props.state === 'now' ? 'step' : undefined}
      className={cx(
        'flex gap-4 rounded-lg border px-4 py-4',
        props.state === 'later' ? 'border-dashed border-line' : 'border-line bg-surface',
      )}
    >
      <span
        aria-hidden="true"
        className={cx(
          'grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold',
          props.state === 'now' ? 'bg-accent text-accent-ink' : 'bg-accent-soft text-accent',
        )}
      >
        {props.state === 'done' ? <Check className="size-4" /> : props.number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <h2 className="pt-0.5 font-semibold">
          <span className="sr-only">{t('step', { number: props.number })}</span>
          {props.title}
        </h2>
        {props.children}
      </div>
    </li>
  );
}
