const CELLS_MAX = 60;

/**
 * The cells of one line of CSV, null where a quote is never closed. Linear in its length; a quote inside a cell that is
 * not quoted is text, as editors leave it.
 */
export function csvRow(line: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length && cells.length <= CELLS_MAX) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      cells.push(line.slice(at, end === -1 ? undefined : end));
      if (end === -1) return cells;
      at = end + 1;
      continue;
    }
    let cell = '';
    for (at += 1; ;) {
      const quote = line.indexOf('"', at);
      if (quote === -1) return null;
      cell += line.slice(at, quote);
      if (line[quote + 1] === '"') {
        cell += '"';
        at = quote + 2;
        continue;
      }
      // What stands between a closing quote and the next comma was put there by an editor.
      const end = line.indexOf(',', quote + 1);
      cell += line.slice(quote + 1, end === -1 ? undefined : end);
      cells.push(cell);
      if (end === -1) return cells;
      at = end + 1;
      break;
    }
  }
  return cells;
}
