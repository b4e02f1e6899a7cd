/**
 * A configuration format turns the text that a gateway writes into a document that knows every setting by its canonical
 * key, and can be written again byte for byte, or with changes that touch only what changed.
 */

/**
 * Canonical text of the key of one setting, by format:
 *
 * - grandstream-xml: `P4060`
 * - audiocodes-ini: `isregisterneeded`, `trunkgroup/0/firstphonenumber` (the maker ignores case, so keys are lower case)
 * - cisco-flat-profile: `User_ID_1_`, `User_ID_1_@ua`, `router-configuration/SNMP/Enabled`
 * - mediatrix-script: `SipEp.DefaultStaticRegistrarServerHost`, `SipEp.UserAgent[EpId=Fxs1].Username`
 * - patton, cisco-ios: `context cs switch > interface fxs fxs-00 > subscriber-number`
 * - sangoma-vega: `.sip.profile.1.proxy.1.ipname`
 *
 * A key of a container (a row, a block) stands for all that is in it: `trunkgroup/0`, `.sip.auth.user.2`.
 */
export type ConfigKey = string;

export const CONFIG_FORMAT_IDS = [
  'grandstream-xml',
  'audiocodes-ini',
  'cisco-flat-profile',
  'mediatrix-script',
  'patton-smartware',
  'patton-trinity',
  'sangoma-vega',
  'cisco-ios',
] as const;

export type ConfigFormatId = (typeof CONFIG_FORMAT_IDS)[number];

/**
 * What the file shows of a secret. `none`: not known as a secret by its name. `plain`: readable. `opaque`: text that the
 * gateway made of it and that can differ at each reading. `masked`: there, and not shown; the value is null.
 */
export type SecretForm = 'none' | 'plain' | 'opaque' | 'masked';

export interface ConfigSetting {
  readonly key: ConfigKey;
  /** The name as the file writes it, where the key is folded. */
  readonly label: string;
  /** Unescaped. Null: the file says that there is a value and hides it. */
  readonly value: string | null;
  /** From 1; of the occurrence that counts. */
  readonly line: number;
  readonly secret: SecretForm;
}

export type ConfigChange =
  | { readonly kind: 'set'; readonly key: ConfigKey; readonly value: string }
  /** A setting, or a container with all that is in it. */
  | { readonly kind: 'remove'; readonly key: ConfigKey };

/** Something a person should know of a file that was accepted. */
export interface ConfigNote {
  readonly kind:
    | 'duplicate-key'
    | 'hidden-value'
    | 'hidden-table'
    | 'irregular-indentation'
    | 'not-utf-8'
    | 'mixed-line-ends';
  /** From 1; null: of the whole file. */
  readonly line: number | null;
  readonly key: ConfigKey | null;
  readonly text: string;
}

/**
 * Whether the file is whole. `marked`: it ends as this format ends. `unmarked`: this file has no mark of its end, so one
 * that was cut between two lines looks the same. `cut`: its last line is incomplete.
 */
export type ConfigEnding = 'marked' | 'unmarked' | 'cut';

export interface ConfigError {
  /** From 1; null: of the whole file. */
  readonly line: number | null;
  readonly expected: string;
  readonly found: string;
}

export interface ConfigChangeError {
  readonly key: ConfigKey;
  /** What the value contains that this format cannot hold, as a name for people; null: another reason. */
  readonly character: string | null;
  /** One plain sentence. */
  readonly reason: string;
}

/** What a file says of the unit that wrote it; null where it says nothing. */
export interface ConfigEvidence {
  readonly model: string | null;
  readonly serial: string | null;
  readonly version: string | null;
  /** Twelve lower-case hexadecimal digits. */
  readonly mac: string | null;
  readonly hostName: string | null;
}

export type Parsed<Document> =
  | { readonly ok: true; readonly document: Document; readonly notes: readonly ConfigNote[] }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

export type Patched<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly errors: readonly ConfigChangeError[] };

export type IncrementalText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly errors: readonly ConfigChangeError[] };

/** What a file with changes alone is made for. */
export interface IncrementalContext<Document> {
  /** As read from the same unit; null: nothing was read. Tables, rows and blocks need it. */
  readonly document: Document | null;
  /** Twelve hexadecimal digits; a file with them is refused by other units. */
  readonly mac?: string;
}

export interface ConfigFormat<Document> {
  readonly id: ConfigFormatId;
  /** In words, as in "This is a Patton SmartNode configuration". */
  readonly name: string;
  /**
   * What an absent key means when the unit loads the file. `unchanged`: a sparse file changes only what it names.
   * `default`: the file replaces the whole configuration.
   */
  readonly absentMeans: 'unchanged' | 'default';
  canonicalKey(key: ConfigKey): ConfigKey;
  parse(bytes: Uint8Array): Parsed<Document>;
  /** Without generated noise; of duplicates, the last. In the order of the file. */
  settings(document: Document): ReadonlyMap<ConfigKey, ConfigSetting>;
  /** The whole file with changes. Where it succeeds, the settings are the old ones with the changes, exactly. */
  patch(document: Document, changes: readonly ConfigChange[]): Patched<Document>;
  /** A text with the changes alone, for units that merge. */
  incremental?(changes: readonly ConfigChange[], context: IncrementalContext<Document>): IncrementalText;
  /** Of an unchanged document: the same bytes. */
  render(document: Document): Uint8Array;
  ending(document: Document): ConfigEnding;
  evidence(document: Document): ConfigEvidence;
}

/** Whether `key` is the setting or in the container that `container` names, in formats with this separator. */
export function isWithin(container: ConfigKey, key: ConfigKey, separators: readonly string[]): boolean {
  return key === container || separators.some((separator) => key.startsWith(container + separator));
}
