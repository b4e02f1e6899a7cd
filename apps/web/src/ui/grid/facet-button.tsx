'use client';

import { Popover } from '@base-ui/react/popover';
import type { Facet } from '@loopstart/contracts';
import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { count } from '../../lib/format/number.ts';
import { t } from '../../messages/grid.ts';
import { cx } from '../cx.ts';
import type { GridFilter } from './model.ts';

type Option = readonly [value: string, word: string];

/** A filter as a button that says what it is set to, and opens its values to tick. */
export function FacetButton(props: {
  id: string;
  filter: GridFilter;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  /** How many rows each value leaves, where the server counts them. */
  counts: { queryKey: readonly unknown[] } | null;
}) {
  const { filter, value } = props;
  const [open, setOpen] = useState(false);
  // Names of values that are set have to be known, and counts of what could be.
  const named = filter.options === undefined && value.length > 0;
  const facet = useQuery<Facet>({
    queryKey: props.counts?.queryKey ?? ['no-facet', props.id],
    enabled: props.counts !== null && (open || named),
    staleTime: open ? 15_000 : 300_000,
  });
  const options = filter.options ?? withPinned(filter.pinned ?? [], facet.data);
  const wordOf = (one: string) => options.find(([option]) => option === one)?.[1] ?? '…';
  const first = value[0] === undefined ? (filter.unset ?? t('any')) : wordOf(value[0]);
  const words = value.length <= 1 ? first : t('chosen', { first, more: value.length - 1 });
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <span
        className={cx(
          'inline-flex h-8 max-w-full min-w-0 items-stretch rounded-md border text-sm',
          value.length > 0 ? 'border-accent bg-accent-soft' : 'border-edge bg-surface',
        )}
      >
        <Popover.Trigger className="inline-flex min-w-0 items-center rounded-md px-2.5 hover:bg-hover data-popup-open:bg-hover">
          <span className="sr-only">{t('filterState', { filter: filter.label, value: words })}</span>
          <span aria-hidden="true" className="inline-flex min-w-0 items-center gap-1">
            <span className={value.length > 0 ? 'text-ink-2' : 'text-ink'}>{filter.label}</span>
            {value.length === 0 && filter.unset !== undefined && <span className="text-ink-3">{filter.unset}</span>}
            {value.length > 0 ? (
              <span className="max-w-40 truncate font-medium text-ink">{words}</span>
            ) : (
              <ChevronDown className="size-3.5 shrink-0 text-ink-3" />
            )}
          </span>
        </Popover.Trigger>
        {value.length > 0 && (
          <button
            type="button"
            aria-label={`${t('clear')}: ${filter.label}`}
            onClick={() => props.onChange([])}
            className="grid w-7 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        )}
      </span>
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-50">
          <Popover.Popup
            aria-label={filter.label}
            className="flex max-h-(--available-height) w-72 flex-col rounded-lg border border-line bg-raised p-1.5 text-ink shadow-raised outline-none"
          >
            <Values {...props} options={options} facet={facet.data} loading={facet.isLoading} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The values that a list holds, after those that are always offered. */
function withPinned(pinned: readonly Option[], facet: Facet | undefined): readonly Option[] {
  const found = facet?.values.map(({ value, label }): Option => [value, label === '' ? t('none') : label]) ?? [];
  return [...pinned, ...found.filter(([value]) => !pinned.some(([one]) => one === value))];
}

/** More than this and they are searched. */
const IN_SIGHT_MAX = 9;

function Values(props: {
  id: string;
  filter: GridFilter;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  options: readonly Option[];
  facet: Facet | undefined;
  loading: boolean;
}) {
  const { filter, value, options, facet } = props;
  const [find, setFind] = useState('');
  const counts = new Map(facet?.values.map(({ value, count }) => [value, count]));
  const countOf = (one: string) =>
    facet === undefined
      ? undefined
      : (filter.sets?.[one] ?? [one]).reduce((sum, member) => sum + (counts.get(member) ?? 0), 0);
  const shown = options.filter(([, word]) => word.toLowerCase().includes(find.trim().toLowerCase()));
  const toggle = (one: string, on: boolean) => {
    if (filter.single === true) return props.onChange(on ? [one] : []);
    props.onChange(on ? [...value, one] : value.filter((other) => other !== one));
  };
  return (
    <>
      {options.length > IN_SIGHT_MAX && (
        <input
          type="search"
          value={find}
          maxLength={200}
          onChange={(event) => setFind(event.target.value)}
          aria-label={t('findIn', { filter: filter.label })}
          placeholder={t('findIn', { filter: filter.label })}
          className="mb-1 h-8 w-full shrink-0 rounded-sm border border-edge bg-surface px-2 text-sm pointer-coarse:text-lg"
        />
      )}
      <fieldset className="min-h-0 overflow-y-auto overscroll-contain">
        <legend className="sr-only">{filter.label}</legend>
        {shown.map(([one, word]) => (
          <label
            key={one}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm hover:bg-hover"
          >
            <input
              type={filter.single === true ? 'radio' : 'checkbox'}
              name={`facet-${props.id}`}
              checked={value.includes(one)}
              onChange={(event) => toggle(one, event.target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0 flex-1 truncate">{word}</span>
            {countOf(one) !== undefined && (
              <span className="text-xs text-ink-3 tabular-nums">{count(countOf(one) ?? 0)}</span>
            )}
          </label>
        ))}
      </fieldset>
      <p role="status" className="px-2 py-1 text-xs text-ink-3 empty:hidden">
        {props.loading
          ? t('loadingValues')
          : shown.length === 0
            ? t('noValues')
            : facet?.more === true
              ? t('moreValues')
              : ''}
      </p>
    </>
  );
}
