'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { useRouter } from 'next/navigation';
import { useLayoutEffect } from 'react';
import type { Found, FoundGroup } from './results.ts';
import { type PaletteProps, SearchFrame, SEARCH_INPUT } from './search-frame.tsx';
import { useSearch } from './use-search.ts';
import { t } from '../../messages/shell.ts';

/** The search of everything: typed on top, found below. */
export function Palette({ text, onText, onChosen, input }: PaletteProps) {
  const router = useRouter();
  const { groups, searching, failed } = useSearch(text);
  const found = groups.reduce((sum, group) => sum + group.items.length, 0);

  // It takes over from the field that was there while it loaded, before another key can arrive: the next letter belongs
  // behind the last.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(input.current.value.length, input.current.value.length);
  }, [input]);

  const follow = (item: Found) => {
    onChosen();
    router.push(item.href);
  };

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={text}
      onValueChange={(value, details) => {
        if (details.reason !== 'item-press') onText(value);
      }}
      itemToStringValue={(item: Found) => item.title}
      autoHighlight="always"
    >
      <SearchFrame>
        <Autocomplete.Input ref={input} {...SEARCH_INPUT} />
      </SearchFrame>
      <Autocomplete.Status className="px-4 py-2 text-sm text-ink-3">
        {statusWords(text, searching, failed, found)}
      </Autocomplete.Status>
      <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain px-2 pb-2 empty:hidden">
        {(group: FoundGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
            <Autocomplete.GroupLabel className="px-2 py-1 text-xs font-medium text-ink-3">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: Found) => (
                <Autocomplete.Item
                  key={item.id}
                  value={item}
                  onClick={() => follow(item)}
                  className="flex cursor-default flex-col rounded-md px-2 py-1.5 select-none data-highlighted:bg-accent-soft"
                >
                  <span className="truncate font-medium">{item.title}</span>
                  <span className="truncate text-sm text-ink-2">{item.where}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function statusWords(text: string, searching: boolean, failed: boolean, found: number): string {
  if (text.trim() === '') return t('searchHelp');
  if (failed) return t('searchFailedServiceCannot');
  if (searching && found === 0) return t('searching');
  return found === 0 ? t('noResults', { text: text.trim() }) : t('shown', { found });
}
