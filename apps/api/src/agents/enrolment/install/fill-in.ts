/**
 * Puts values in the place of `@NAME@` in a shell script, where each stands inside single quotes. A null leaves the
 * place as it is. Throws where a value could end the quotes.
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
