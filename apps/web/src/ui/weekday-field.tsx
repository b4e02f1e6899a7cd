'use client';

import { useId } from 'react';
import { shortWeekday, WEEKDAYS, WEEKDAY_WORDS } from '../lib/words/weekday.ts';
import { cx } from './cx.ts';

/** Days of the week, by their ISO 8601 numbers. */
export function WeekdayField(props: {
  legend: string;
  name: string;
  value: readonly number[];
  onChange: (weekdays: number[]) => void;
  error?: string | undefined;
}) {
  const { value, error } = props;
  const id = useId();
  return (
    <fieldset
      data-field={props.name}
      tabIndex={-1}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      className="min-w-0 outline-none"
    >
      <legend className="mb-1 text-sm font-medium text-ink">{props.legend}</legend>
      <div className="flex flex-wrap gap-1">
        {WEEKDAYS.map((weekday) => {
          const on = value.includes(weekday);
          return (
            <label
              key={weekday}
              className={cx(
                'relative grid h-9 min-w-11 cursor-pointer place-items-center rounded-md border px-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
                on ? 'border-accent bg-accent-soft font-semibold text-accent' : 'border-edge text-ink-2 hover:bg-hover',
              )}
            >
              <input
                type="checkbox"
                checked={on}
                aria-label={WEEKDAY_WORDS[weekday]}
                onChange={() =>
                  props.onChange(
                    on ? value.filter((other) => other !== weekday) : [...value, weekday].sort((a, b) => a - b),
                  )
                }
                className="absolute inset-0 cursor-pointer appearance-none opacity-0"
              />
              <span aria-hidden="true">{shortWeekday(weekday)}</span>
            </label>
          );
        })}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-critical">
          {error}
        </p>
      )}
    </fieldset>
  );
}
