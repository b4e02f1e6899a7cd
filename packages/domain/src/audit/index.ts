export { AUDITED, AUDIT_SUBJECTS, AUDIT_VERBS, type AuditSubject, type AuditVerb } from './audited.ts';
export { canonicalJson } from './chain/canonical-json.ts';
export {
  CHAIN_START,
  type ChainAuthor,
  type ChainDetails,
  type ChainFacts,
  commitmentTo,
  digestOf,
  hashOf,
  type Sha256,
} from './chain/link.ts';
export {
  CHAIN_BREAKS,
  type ChainAnchor,
  type ChainBreak,
  type ChainBreakKind,
  type ChainEntry,
  ChainVerifier,
  type ChainVerdict,
  ERASED_NAME,
  HEAD_REASONS,
  type HeadReason,
  type HeadStatement,
  headText,
} from './chain/verify-chain.ts';
export {
  AUDIT_STREAMS_MAX,
  fitting,
  lostBefore,
  STREAM_STATES,
  streamRetryMs,
  type StreamState,
  streamState,
} from './stream/rules.ts';
export { type SyslogEntry, syslogEntry, syslogTest } from './stream/syslog.ts';
export { type FieldChange, fieldChanges } from './field-changes.ts';
