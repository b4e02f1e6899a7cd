/**
 * Replaces `@NAME@` in a shell script by values; each stands inside single quotes. A null leaves the placeholder.
 * Throws where a value could end the quotes.
 */
export function fillIn(script: string, values: Record<string, string | null>): string {
  let filled = script;
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    if (!/^[\w.:/[\]-]*$/.test(value)) throw new Error(`${name} has a character that cannot go into a script.`);
    filled = filled.replaceAll(`'@${name}@'`, `'${value}'`);
  }
  return filled;
}
