/**
 * What is kept in the audit trail: what was done, by the kind of thing it was done to. Closed: nothing else compiles where
 * entries are written, and the console has words for each.
 */
export const AUDITED = {
  user: [
    'sign-in',
    'sign-in-refused',
    'second-step-refused',
    'sign-out',
    'change-password',
    'add-factor',
    'remove-factor',
    'renew-codes',
    'ask-reset',
    'reset-password',
    'update',
    'ask-email',
    'change-email',
    'join',
    'link',
    'change-role',
    'remove',
    'restore',
  ],
  organisation: ['update'],
  invitation: ['create', 'resend', 'withdraw'],
  customer: ['create', 'update', 'delete'],
  site: ['create', 'update', 'delete'],
  role: ['create', 'update', 'delete'],
  operator: [
    'create',
    'invite-owner',
    'set-quotas',
    'suspend',
    'resume',
    'export',
    'request-deletion',
    'withdraw-deletion',
  ],
  'enrolment-token': ['create'],
  agent: [
    'enrol',
    'set-targets',
    'revoke',
    'settle-identity-conflict',
    'hand-over',
    'replace',
    'return',
    'approve-return',
    'refuse-return',
  ],
  gateway: ['update', 'retire', 'restore', 'keep', 'replace', 'merge', 'ask'],
  port: ['update'],
  action: ['cancel'],
  runbook: ['run'],
  incident: ['acknowledge', 'unacknowledge', 'assign', 'snooze', 'comment'],
  channel: ['create', 'update', 'enable', 'disable', 'rotate-key', 'read-address', 'test', 'replay', 'delete'],
  policy: ['create', 'update', 'order', 'delete'],
  schedule: ['create', 'update', 'delete'],
  'schedule-override': ['create', 'delete'],
  'maintenance-window': ['create', 'update', 'end'],
  silence: ['create', 'end'],
  threshold: ['set', 'reset'],
  heartbeat: ['update'],
  'audit-trail': ['update', 'forget'],
  'audit-stream': ['create', 'update', 'pause', 'resume', 'test', 'delete'],
  'api-token': ['create', 'take-over', 'revoke'],
  'sso-connection': ['create', 'update', 'test', 'delete', 'refuse'],
  'sso-policy': ['update'],
  person: ['export', 'erase'],
} as const satisfies Record<string, readonly string[]>;

export type AuditSubject = keyof typeof AUDITED;
export type AuditVerb = (typeof AUDITED)[AuditSubject][number];

export const AUDIT_SUBJECTS = Object.keys(AUDITED) as [AuditSubject, ...AuditSubject[]];
export const AUDIT_VERBS = [...new Set(Object.values(AUDITED).flat())] as [AuditVerb, ...AuditVerb[]];
