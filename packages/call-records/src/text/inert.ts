import { CALL_TEXT_MAX } from '@loopstart/contracts';

/**
 * What a terminal, a log or a page could obey instead of show: control characters, marks that change the direction of
 * text, invisible ones, separators of lines, and halves of a surrogate pair.
 */
const ACTIVE = /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** A text of a device, of bounded length and without what is obeyed instead of shown; null where nothing is left. */
export function inert(text: string | undefined, max = CALL_TEXT_MAX): string | null {
  if (text === undefined) return null;
  // Cut before and after: a long text is not searched to its end.
  const clean = text
    .slice(0, max * 4)
    .trim()
    .replaceAll(ACTIVE, '\uFFFD');
  if (clean === '') return null;
  if (clean.length <= max) return clean;
  const cut = clean.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
