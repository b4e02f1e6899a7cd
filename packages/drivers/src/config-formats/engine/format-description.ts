import type { ConfigChange, ConfigFormatId, ConfigKey, IncrementalContext } from '../format.ts';
import type { ConfigDocument, Occurrence, Scan } from './document.ts';
import type { Edit } from './edits.ts';
import type { SourceText } from './source-text.ts';

/** A setting that has no statement in the document yet. */
export interface Creation {
  readonly key: ConfigKey;
  readonly value: string;
}

/** What one format knows. The functions throw `FileRefused` and `ChangeRefused`. */
export interface FormatDescription<Structure> {
  readonly id: ConfigFormatId;
  readonly name: string;
  readonly absentMeans: 'unchanged' | 'default';
  /** What may follow the key of a container in the keys that it contains. */
  readonly separators: readonly string[];
  canonicalKey?(key: ConfigKey): ConfigKey;
  scan(source: SourceText): Scan<Structure>;
  /** The text for a value in the place of an occurrence. */
  write(document: ConfigDocument<Structure>, occurrence: Occurrence, value: string): string;
  create(document: ConfigDocument<Structure>, creations: readonly Creation[], removed: readonly ConfigKey[]): Edit[];
  /** What goes with removed keys beside the statements that set them and what is in them. */
  remove?(document: ConfigDocument<Structure>, removed: readonly ConfigKey[]): Edit[];
  incremental?(changes: readonly ConfigChange[], context: IncrementalContext<ConfigDocument<Structure>>): string;
}
