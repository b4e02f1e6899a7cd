import { ChevronDown, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { t } from '../messages/common.ts';

/** The closed state of a choice from many: what is chosen, and a press opens the panel. */
export function ChoiceButton(props: {
  legend: string;
  /** What is chosen, in words, or what none chosen means. */
  words: string;
  empty: boolean;
  invalid?: boolean;
  open: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      aria-expanded={props.open}
      onClick={props.onPress}
      className={cx(
        'flex min-h-9 w-full items-center gap-2 rounded-md border bg-surface px-2.5 py-1 text-left',
        props.invalid === true ? 'border-critical' : 'border-edge',
      )}
    >
      <span className={cx('min-w-0 flex-1 truncate', props.empty && 'text-ink-3')}>
        <span className="sr-only">{props.legend}: </span>
        {props.words}
      </span>
      <ChevronDown
        aria-hidden="true"
        className={cx('size-4 shrink-0 text-ink-3 transition-transform', props.open && 'rotate-180')}
      />
    </button>
  );
}

/** The open state: a search on top, what is called so below. */
export function ChoicePanel(props: {
  legend: string;
  find: string;
  onFind: (text: string) => void;
  /** What is to know about the list, such as that it does not show all. */
  note?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="rounded-md border border-line bg-sunken p-2">
      <div className="relative mb-1">
        <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2 size-3.5 text-ink-3" />
        <input
          type="search"
          autoComplete="off"
          value={props.find}
          maxLength={200}
          onChange={(event) => props.onFind(event.target.value)}
          // Enter would send the form around it.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          aria-label={t('findIn', { legend: props.legend.toLowerCase() })}
          placeholder={t('find')}
          className="h-8 w-full rounded-sm border border-edge bg-surface pr-2 pl-7 text-sm pointer-coarse:text-lg"
        />
      </div>
      <div className="max-h-48 overflow-y-auto overscroll-contain">{props.children}</div>
      <p role="status" className="px-1 pt-1 text-xs text-ink-2 empty:hidden">
        {props.note}
      </p>
    </div>
  );
}

/** One line of the panel. */
export function ChoiceLine(props: { children: ReactNode; word: string }) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2 text-base">
      {props.children}
      <span className="min-w-0 wrap-anywhere">{props.word}</span>
    </label>
  );
}
