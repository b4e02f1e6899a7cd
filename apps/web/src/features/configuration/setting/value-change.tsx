import { isFieldId } from '@loopstart/domain';
import { ArrowRight } from 'lucide-react';
import { t } from '../../../messages/configuration.ts';
import { settingWords } from './setting-words.ts';

/** A value of the API in words; secrets arrive as `{ isSet: true }`. */
export function shownWords(field: string, value: unknown): string {
  if (isFieldId(field)) return settingWords(field, value);
  return value === null ? t('notSetHere') : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value before and after, in words. */
export function ValueChange({ before, after }: { before: string; after: string }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 wrap-anywhere">
      <del className="text-ink-3 no-underline">{before}</del>
      <ArrowRight aria-label={t('becomes')} className="size-3.5 shrink-0 text-ink-3" />
      <ins className="font-medium no-underline">{after}</ins>
    </span>
  );
}
