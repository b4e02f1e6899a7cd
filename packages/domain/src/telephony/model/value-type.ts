/**
 * The types that a setting of the telephony model can have. They are data, so that one table gives the types of
 * TypeScript, the validation, the forms of the console and the documentation.
 */

/** Characters that a text may have. The sets fit every vendor's file and command line: none of them needs an escape. */
export const CHARACTER_SETS = {
  /** SIP user and authentication names (RFC 3261 section 25.1 "user", less what vendors' files reserve). */
  account: { pattern: /^[A-Za-z0-9_.+-]+$/, expected: 'letters, digits, and _ . + -' },
  /** Passwords: printable ASCII that no vendor's file or command line gives a meaning. */
  password: {
    pattern: /^[A-Za-z0-9_.+=:@*()[\]^~/-]+$/,
    expected: 'letters, digits, and _ . + = : @ * ( ) [ ] ^ ~ / -',
  },
  /** Names that people read: letters of any script, digits, spaces and simple punctuation. */
  name: { pattern: /^[\p{L}\p{M}\p{N} _.,:()/+'-]+$/u, expected: "letters, digits, spaces, and _ . , : ( ) / + ' -" },
  /** Digits of a telephone keypad (ITU-T E.161). */
  digits: { pattern: /^[0-9*#]+$/, expected: 'the digits 0 to 9, * and #' },
  /** A host name (RFC 1123 section 2.1), an IPv4 address, or an IPv6 address without brackets. */
  host: {
    pattern: /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$/,
    expected: 'a host name or an IP address',
  },
  /** An IPv4 or IPv6 network in CIDR notation (RFC 4632). */
  network: { pattern: /^[0-9A-Fa-f.:]+\/\d{1,3}$/, expected: 'a network such as 192.0.2.0/24' },
  /** A time zone of the IANA database. */
  'time-zone': { pattern: /^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/, expected: 'a time zone such as Europe/London' },
  /** An address of a provisioning server. */
  url: {
    pattern: /^(?:https?|tftp|ftp):\/\/[A-Za-z0-9._~:/@=+-]+$/,
    expected: 'an address such as https://example.net/path',
  },
} as const;
export type CharacterSet = keyof typeof CHARACTER_SETS;

export interface TextType {
  readonly kind: 'text';
  readonly characters: CharacterSet;
  readonly lengthMin: number;
  readonly lengthMax: number;
}

/** A whole number; its unit stands in the name of the field. */
export interface IntegerType {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
}

export interface ChoiceType<V extends string = string> {
  readonly kind: 'choice';
  readonly values: readonly V[];
}

export interface FlagType {
  readonly kind: 'flag';
}

/** A list of texts, in order of preference. */
export interface ListType {
  readonly kind: 'list';
  readonly of: TextType;
  readonly countMax: number;
}

/** A host with its port; a port of null means the default of the protocol, or the records of DNS. */
export interface Endpoint {
  readonly host: string;
  readonly port: number | null;
}
export interface EndpointsType {
  readonly kind: 'endpoints';
  readonly countMax: number;
}

/** Audio codecs by their names in SDP (IANA RTP payload format media types). */
export const CODECS = ['PCMU', 'PCMA', 'G722', 'G729', 'G723', 'G726-32', 'iLBC', 'opus'] as const;
export type Codec = (typeof CODECS)[number];

/** One codec with its packet time in milliseconds (SDP attribute ptime, RFC 8866 section 6.4). */
export interface CodecPreference {
  readonly codec: Codec;
  readonly ptimeMs: number;
}
export interface CodecsType {
  readonly kind: 'codecs';
  readonly countMax: number;
}

/** One burst of ringing and the silence after it; a cadence is a list of them, which repeats. */
export interface RingPulse {
  readonly onMs: number;
  readonly offMs: number;
}
export interface CadenceType {
  readonly kind: 'cadence';
  readonly countMax: number;
}

export type ValueType =
  | TextType
  | IntegerType
  | ChoiceType
  | FlagType
  | ListType
  | EndpointsType
  | CodecsType
  | CadenceType;

/** The TypeScript type of a value. */
export type ValueOf<T extends ValueType> = T extends TextType
  ? string
  : T extends IntegerType
    ? number
    : T extends ChoiceType<infer V>
      ? V
      : T extends FlagType
        ? boolean
        : T extends ListType
          ? readonly string[]
          : T extends EndpointsType
            ? readonly Endpoint[]
            : T extends CodecsType
              ? readonly CodecPreference[]
              : T extends CadenceType
                ? readonly RingPulse[]
                : never;

export const text = (characters: CharacterSet, lengthMax: number, lengthMin = 1): TextType => ({
  kind: 'text',
  characters,
  lengthMin,
  lengthMax,
});
export const integer = (min: number, max: number): IntegerType => ({ kind: 'integer', min, max });
export const choice = <const V extends string>(...values: readonly V[]): ChoiceType<V> => ({ kind: 'choice', values });
export const flag: FlagType = { kind: 'flag' };
export const list = (of: TextType, countMax: number): ListType => ({ kind: 'list', of, countMax });
export const endpoints = (countMax: number): EndpointsType => ({ kind: 'endpoints', countMax });
export const codecs = (countMax: number): CodecsType => ({ kind: 'codecs', countMax });
export const cadence = (countMax: number): CadenceType => ({ kind: 'cadence', countMax });
