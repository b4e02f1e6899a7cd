/**
 * State of a configuration job. It only moves to the right, and ends in one of the last three. `waiting`: nothing was
 * written, and the reason says for what it waits. `applying`: the running configuration is being kept, or the change
 * written. `applied-unconfirmed`: written and not confirmed; with a reason, it is being written back. `failed` with a
 * reason of the kind `refused`: nothing was written.
 */
export const APPLY_STATES = ['waiting', 'applying', 'applied-unconfirmed', 'confirmed', 'reverted', 'failed'] as const;
export type ApplyState = (typeof APPLY_STATES)[number];

export const APPLY_ENDS: ReadonlySet<ApplyState> = new Set(['confirmed', 'reverted', 'failed']);

/**
 * Kind of a reason. `waits`: the job goes on by itself. `refused`: it ended and nothing was written. `reverts`: what was
 * written is written back, or was. `broken`: it ended and the gateway may have neither configuration.
 */
export type ApplyReasonKind = 'waits' | 'refused' | 'reverts' | 'broken';

/** Every reason of a configuration job: its code, its kind, and the sentence shown to people. */
export const APPLY_REASONS = {
  offline: { kind: 'waits', text: 'The gateway does not answer.' },
  busy: { kind: 'waits', text: 'A line of the gateway must not be disturbed now.' },
  window: { kind: 'waits', text: 'The time for the change has not come.' },
  group: { kind: 'waits', text: 'Another gateway of its redundancy group is being changed or is not in service.' },
  changing: { kind: 'waits', text: 'A change of the gateway is under way; it is read after it.' },
  expired: { kind: 'refused', text: 'It could not be applied in its time.' },
  withdrawn: { kind: 'refused', text: 'The change was withdrawn before anything was written.' },
  superseded: { kind: 'refused', text: 'A newer change for the same gateway arrived before anything was written.' },
  'unknown-gateway': { kind: 'refused', text: 'This agent does not know the gateway.' },
  unidentified: {
    kind: 'refused',
    text: 'No MAC address or serial number of the gateway is known, so a login could reach another device.',
  },
  'other-gateway': { kind: 'refused', text: 'Another device answers at the address of the gateway.' },
  'other-model': { kind: 'refused', text: 'The gateway has another model or firmware than the change was made for.' },
  'not-verified': { kind: 'refused', text: 'How this model is changed is not verified.' },
  'no-access': { kind: 'refused', text: 'The change came without the login that this model needs.' },
  'login-refused': { kind: 'refused', text: 'The gateway refused the login.' },
  'host-key-changed': { kind: 'refused', text: 'The gateway shows another host key than before.' },
  unreadable: { kind: 'refused', text: 'The running configuration could not be read, so it could not be restored.' },
  'not-provable': {
    kind: 'refused',
    text: 'The model does not report whether its lines are registered, so nothing would prove the change.',
  },
  malformed: { kind: 'refused', text: 'The change cannot be written in the language of this model.' },
  'emergency-path': { kind: 'refused', text: 'With the change, the path of emergency calls would not be complete.' },
  'former-secret-unknown': {
    kind: 'refused',
    text: 'The gateway hides a secret that would change, and its present value is not known to restore it.',
  },
  'disk-failed': { kind: 'refused', text: 'The agent cannot write to its disk, so it begins nothing.' },
  'write-refused': { kind: 'reverts', text: 'The gateway refused the change.' },
  'write-unclear': { kind: 'reverts', text: 'It is not known whether the gateway took all of the change.' },
  'read-back-differs': { kind: 'reverts', text: 'The gateway has other values than were written.' },
  'read-back-unclear': { kind: 'reverts', text: 'It could not be shown that the gateway has what was written.' },
  unreachable: { kind: 'reverts', text: 'The gateway did not answer after the change.' },
  'registration-lost': { kind: 'reverts', text: 'A line that was registered before the change is not any more.' },
  'not-registered': { kind: 'reverts', text: 'A line that must register did not register.' },
  'out-of-service': { kind: 'reverts', text: 'A port that was in service before the change is not any more.' },
  'new-fault': { kind: 'reverts', text: 'A port has a fault that it did not have before the change.' },
  'emergency-path-lost': { kind: 'reverts', text: 'On the gateway, the path of emergency calls is not complete.' },
  'other-gateway-after': { kind: 'reverts', text: 'Another device answers at the address of the gateway now.' },
  'sip-server-down': { kind: 'reverts', text: 'The SIP server answers nobody, so the change could not be proven.' },
  'site-offline': { kind: 'reverts', text: 'The site lost its connection, so the change could not be proven.' },
  'save-failed': { kind: 'reverts', text: 'The gateway works with the change, but could not store it.' },
  'cannot-tell': { kind: 'reverts', text: 'It could not be shown in time that the gateway works as before.' },
  'revert-failed': { kind: 'broken', text: 'The former configuration could not be written back.' },
  'revert-unclear': { kind: 'broken', text: 'It could not be shown that the former configuration is back.' },
} as const satisfies Record<string, { kind: ApplyReasonKind; text: string }>;
export type ApplyReasonCode = keyof typeof APPLY_REASONS;
export const APPLY_REASON_CODES = Object.keys(APPLY_REASONS) as [ApplyReasonCode, ...ApplyReasonCode[]];

/**
 * What the change or an outage did, by the facts of the site. `works`: the gateway works as before. `config`: the change
 * broke it. `site-offline` and `sip-server-down`: something else did, for others as well. `cannot-tell`: the facts do
 * not decide; the change could be the cause.
 */
export const APPLY_VERDICTS = ['works', 'config', 'site-offline', 'sip-server-down', 'cannot-tell'] as const;
export type ApplyVerdict = (typeof APPLY_VERDICTS)[number];

/**
 * Purpose of a job. `apply`: a reviewed revision. `rollback`: back to a former revision. `restore`: a stored
 * configuration, after a gateway was replaced. `read`: reads the running configuration and changes nothing.
 */
export const APPLY_PURPOSES = ['apply', 'rollback', 'restore', 'read'] as const;
export type ApplyPurpose = (typeof APPLY_PURPOSES)[number];

/** Which configuration a gateway has; `unknown`: not shown by a read-back. */
export const HELD_CONFIGURATIONS = ['before', 'after', 'unknown'] as const;
export type HeldConfiguration = (typeof HELD_CONFIGURATIONS)[number];
