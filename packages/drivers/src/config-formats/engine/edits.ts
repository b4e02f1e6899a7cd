/** Replaces `[from, to)` of a text; an insertion where both are equal. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The text with all edits. Insertions at one offset keep their order. A deletion within another is part of it; other
 * overlaps are a mistake of the format, and throw.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to || a.index - b.index);
  const parts: string[] = [];
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.from < at) {
      if (edit.text !== '' && edit.from !== edit.to) throw new Error('edits of a configuration overlap');
      if (edit.to > at) at = edit.to;
      parts.push(edit.text);
      continue;
    }
    parts.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
