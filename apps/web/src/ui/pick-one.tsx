'use client';

import { useId, useState } from 'react';
import { ChoiceButton, ChoiceLine, ChoicePanel } from './choice-panel.tsx';
import { t } from '../messages/common.ts';

/** One of so many that they are searched for. Closed, it shows what is chosen. */
export function PickOne(props: {
  legend: string;
  /** The path of the field in its schema, by which errors find it. */
  name: string;
  /** What the search found. */
  options: readonly (readonly [value: string, word: string])[];
  find: string;
  onFind: (text: string) => void;
  note: string | undefined;
  value: string;
  /** What is chosen, in words; the search may not have found it. */
  word: string | undefined;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
}) {
  const { legend, options, value, error } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const described = [error && `${id}-error`, props.hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <fieldset
      data-field={props.name}
      tabIndex={-1}
      aria-describedby={described === '' ? undefined : described}
      className="flex min-w-0 flex-col gap-1 outline-none"
    >
      <legend className="mb-1 text-sm font-medium text-ink">{legend}</legend>
      <ChoiceButton
        legend={legend}
        words={value === '' ? t('chooseOne') : (props.word ?? '…')}
        empty={value === ''}
        invalid={error !== undefined}
        open={open}
        onPress={() => setOpen(!open)}
      />
      {open && (
        <ChoicePanel legend={legend} find={props.find} onFind={props.onFind} note={props.note}>
          {options.map(([one, word]) => (
            <ChoiceLine key={one} word={word}>
              <input
                type="radio"
                name={id}
                checked={one === value}
                onChange={() => props.onChange(one)}
                // A press is a decision; arrow keys wander.
                onClick={(event) => event.detail > 0 && setOpen(false)}
                className="size-4 shrink-0 accent-accent"
              />
            </ChoiceLine>
          ))}
        </ChoicePanel>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-critical">
          {error}
        </p>
      )}
      {props.hint !== undefined && (
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {props.hint}
        </p>
      )}
    </fieldset>
  );
}
