/** What goes with `[from, to)`: its whole line, where nothing else stands on it. */
export function wholeLine(text: string, from: number, to: number): { from: number; to: number } {
  let start = from;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  let end = to;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  const startsLine = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
  const endsLine = end === text.length || text[end] === '\n' || text[end] === '\r';
  if (!startsLine || !endsLine) return { from, to };
  return { from: start, to: text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length) };
}

/** The white space before an offset on its line. */
export function indentBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  return text.slice(start, offset);
}
