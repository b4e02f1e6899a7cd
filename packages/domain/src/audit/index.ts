export { AUDITED, AUDIT_SUBJECTS, AUDIT_VERBS, type AuditSubject, type AuditVerb } from './audited.ts';
export { type FieldChange, fieldChanges } from './field-changes.ts';
