/** What a finding does: stops the publication for good, stops it until a person overrides it by name, or warns. */
export const CONFIG_CHECK_EFFECTS = ['blocks', 'blocks-unless-overridden', 'warns'] as const;
export type ConfigCheckEffect = (typeof CONFIG_CHECK_EFFECTS)[number];

/** Every check of a draft: what its finding does, and what it says. */
export const CONFIG_CHECK_TABLE = {
  'stale-edit': { effect: 'blocks', text: 'Another revision changed the entry since it was edited.' },
  'invalid-value': { effect: 'blocks', text: 'A value is not valid once its variables are filled in.' },
  'unknown-variable': { effect: 'blocks', text: 'A value names a variable that nothing defines.' },
  'overrides-sealed': { effect: 'blocks', text: 'A setting was sealed above.' },
  'wrong-level': { effect: 'blocks', text: 'A setting of the whole gateway was made for single lines.' },
  'duplicate-extension': {
    effect: 'blocks-unless-overridden',
    text: 'Two lines of a site register with the same account.',
  },
  'unknown-dial-plan': { effect: 'blocks', text: 'A line uses a dial plan that does not exist.' },
  'dial-plan-refused': { effect: 'blocks', text: 'The gateway cannot do what the dial plan says.' },
  'dial-plan-differs': { effect: 'warns', text: 'The gateway treats some numbers in another way than the dial plan.' },
  'emergency-path': {
    effect: 'blocks-unless-overridden',
    text: 'A call that must get out would not: to an emergency number, an alarm receiver or a lift centre.',
  },
  'country-unknown': {
    effect: 'blocks-unless-overridden',
    text: 'The country of a line is not known, so its emergency numbers are not checked.',
  },
  'not-rendered': { effect: 'blocks', text: 'The model cannot do what is set, so it cannot be written.' },
  'not-verified': { effect: 'warns', text: 'Nobody has shown how this model writes a setting, so it stays as it is.' },
} as const satisfies Record<string, { effect: ConfigCheckEffect; text: string }>;

export type ConfigCheck = keyof typeof CONFIG_CHECK_TABLE;
export const CONFIG_CHECKS = Object.keys(CONFIG_CHECK_TABLE) as [ConfigCheck, ...ConfigCheck[]];

/** One thing that a check found, and the line it concerns. */
export interface Finding {
  readonly check: ConfigCheck;
  readonly gatewayId: string | null;
  readonly position: number | null;
  readonly field: string | null;
  readonly detail: string;
}

export const effectOf = (check: ConfigCheck): ConfigCheckEffect => CONFIG_CHECK_TABLE[check].effect;
