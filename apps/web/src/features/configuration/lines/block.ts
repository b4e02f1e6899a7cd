/** A block of cells as a spreadsheet puts it on the clipboard: tabs between cells, a line for each row, quotes around what holds either. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  const clean = text.replaceAll(/\r\n?/g, '\n');
  for (let at = 0; at < clean.length; at += 1) {
    const character = clean[at]!;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (clean[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === '\t') endCell();
    else if (character === '\n') endRow();
    else cell += character;
  }
  // Spreadsheets end the last row with a line break, which begins no other.
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}
