'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../messages/common.ts';

const TYPING_MS = 200;

/** The search of a list. `/` puts the focus here. The URL follows shortly after typing stops. */
export function SearchField(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const [text, setText] = useState(props.value ?? '');
  const [shown, setShown] = useState(props.value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The URL changed by other means, such as going back.
  if (shown !== props.value) {
    setShown(props.value);
    if ((props.value ?? '') !== text.trim()) setText(props.value ?? '');
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (next: string, at: 'soon' | 'now') => {
    setText(next);
    clearTimeout(timer.current);
    const tell = () => props.onChange(next.trim() === '' ? undefined : next.trim());
    if (at === 'now') tell();
    else timer.current = setTimeout(tell, TYPING_MS);
  };

  return (
    <div className="relative col-span-2 min-w-0 flex-1 basis-56 sm:max-w-80">
      <Search aria-hidden="true" className="pointer-events-none absolute left-2.5 top-2.5 size-4 text-ink-3" />
      <input
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        data-list-search=""
        value={text}
        maxLength={200}
        onChange={(event) => change(event.target.value, 'soon')}
        onKeyDown={(event) => {
          if (event.key === 'Enter') change(text, 'now');
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            change('', 'now');
          }
        }}
        className="h-9 w-full rounded-md border border-edge bg-surface pl-8.5 pr-8 text-base text-ink placeholder:text-ink-3 pointer-coarse:text-lg [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={t('clearTheSearch')}
          onClick={() => change('', 'now')}
          className="absolute right-1.5 top-1.5 grid size-6 place-items-center rounded-sm text-ink-2 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </div>
  );
}
