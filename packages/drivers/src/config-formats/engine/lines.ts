import type { Edit } from './edits.ts';

/** One line of a text, by offsets: `[start, end)` is its content, `[start, next)` is it with its line end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly text: string;
}

/** Line ends are CR LF, LF or CR, also mixed. A text that ends with a line end has no line after it. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    let end = start;
    while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1;
    const pair = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10;
    const next = end === text.length ? end : end + (pair ? 2 : 1);
    lines.push({ number: lines.length + 1, start, end, next, text: text.slice(start, end) });
    start = next;
  }
  return lines;
}

/** The line end that most lines have; where there is none, LF. */
export function lineEndOf(text: string): { lineEnd: string; mixed: boolean } {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) {
    const lineEnd = text.slice(line.end, line.next);
    if (lineEnd !== '') counts.set(lineEnd, (counts.get(lineEnd) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return { lineEnd: most?.[0] ?? '\n', mixed: counts.size > 1 };
}

/** Lines of their own at an offset that begins a line, or at the end of the text. */
export function lineInsertion(text: string, at: number, lines: readonly string[]): Edit {
  const { lineEnd } = lineEndOf(text);
  const open = at > 0 && !/[\r\n]/.test(text[at - 1] ?? '');
  return { from: at, to: at, text: (open ? lineEnd : '') + lines.map((line) => line + lineEnd).join('') };
}
