import type { ConfigChange, ConfigChangeError, ConfigFormat, ConfigKey, IncrementalContext } from '../format.ts';
import { checkIncremental } from './check-incremental.ts';
import type { ConfigDocument } from './document.ts';
import type { FormatDescription } from './format-description.ts';
import { parse } from './parse-document.ts';
import { checkEncoding, lastOfEach, patchDocument } from './patch-document.ts';
import { ChangeRefused } from './refusals.ts';
import { encodeSource } from './source-text.ts';

/**
 * Makes a format of its description: limits and decoding before it, and after each change the proof. A patched text is
 * read again, and the change is refused unless the settings are the former ones with the changes, exactly.
 */
export function defineFormat<Structure>(
  description: FormatDescription<Structure>,
): ConfigFormat<ConfigDocument<Structure>> {
  type Document = ConfigDocument<Structure>;
  const canonicalKey = (key: ConfigKey) => description.canonicalKey?.(key) ?? key;
  const canonical = (changes: readonly ConfigChange[]) =>
    changes.map((change) => ({ ...change, key: canonicalKey(change.key) }));
  const incremental = description.incremental?.bind(description);
  return {
    id: description.id,
    name: description.name,
    absentMeans: description.absentMeans,
    canonicalKey,
    parse: (bytes) => parse(description, bytes),
    settings: (document) => document.settings,
    patch: (document, changes) =>
      guarded(() => ({ ok: true as const, document: patchDocument(description, document, canonical(changes)) })),
    render: (document) => encodeSource(document.source),
    ending: (document) => document.ending,
    evidence: (document) => document.evidence,
    ...(incremental && {
      incremental: (changes: readonly ConfigChange[], context: IncrementalContext<Document>) =>
        guarded(() => {
          const wanted = lastOfEach(canonical(changes));
          if (wanted.length === 0) throw new ChangeRefused('', 'there is nothing to change');
          for (const change of wanted) checkEncoding(change, 'utf-8');
          const text = incremental(wanted, context);
          checkIncremental(description, text, wanted, context.document);
          return { ok: true as const, text };
        }),
    }),
  };
}

/** A refusal of a change as an answer. */
function guarded<Result>(work: () => Result): Result | { ok: false; errors: readonly ConfigChangeError[] } {
  try {
    return work();
  } catch (error) {
    if (error instanceof ChangeRefused) return { ok: false, errors: error.errors };
    throw error;
  }
}
