/** `rule n /match/ /replacement/` of a voice translation-rule: `match` is `^` and signs for one key each. */
export interface IosTranslationRule {
  readonly match: string;
  readonly replacement: string;
}

export interface IosDialPeer {
  readonly tag: number;
  readonly destinationPattern: string;
  /** `preference`: 0 is preferred among peers that match equally well. */
  readonly preference: number;
  /** Rules of the translation profile for the called number, outgoing. The first that matches is applied. */
  readonly translationRules: readonly IosTranslationRule[];
}

/** Dialling on a voice port of Cisco IOS: its VoIP dial peers and `timeouts interdigit`. */
export interface CiscoIosMap {
  readonly language: 'cisco-ios';
  readonly peers: readonly IosDialPeer[];
  readonly interDigitTimeoutS: number;
}
