/** The text of a CSV file. Spreadsheets of the West write Windows-1252 where they do not write UTF-8. */
export async function csvTextOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
