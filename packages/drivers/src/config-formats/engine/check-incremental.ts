import { type ConfigChange, isWithin } from '../format.ts';
import type { ConfigDocument } from './document.ts';
import type { FormatDescription } from './format-description.ts';
import { reread } from './parse-document.ts';
import { ChangeRefused } from './refusals.ts';

/** The text sets what the changes set, and nothing that neither they nor the unit had before. */
export function checkIncremental<Structure>(
  description: FormatDescription<Structure>,
  text: string,
  changes: readonly ConfigChange[],
  document: ConfigDocument<Structure> | null,
): void {
  const { settings } = reread(description, { text, encoding: 'utf-8', byteOrderMark: false }, changes);
  for (const change of changes) {
    if (change.kind === 'remove' || settings.get(change.key)?.value === change.value) continue;
    throw new ChangeRefused(change.key, `the text would not say what was asked for ${change.key}`);
  }
  const { separators } = description;
  for (const key of settings.keys()) {
    const isMeant = changes.some(
      (change) => isWithin(change.key, key, separators) || isWithin(key, change.key, separators),
    );
    if (!isMeant && !document?.settings.has(key)) throw new ChangeRefused(key, `the text would also say ${key}`);
  }
}
