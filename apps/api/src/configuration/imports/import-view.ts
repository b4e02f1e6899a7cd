import type { ConfigImportPreview } from '@loopstart/contracts';
import { gatewayView, isSecretField, originView, shown } from '../entries/index.ts';
import type { PlannedImport } from './planned-import.ts';

/** An import in the contract's form. */
export function importPreview({
  facts,
  unit,
  taken,
  readAt,
  secretKeys,
  plan,
  fingerprint,
}: PlannedImport): ConfigImportPreview {
  return {
    gateway: gatewayView(facts),
    formatName: taken.formatName,
    readAt,
    unit,
    isEndMarked: taken.isEndMarked,
    notes: taken.notes.map(({ line, text }) => ({ line, text })),
    edits: plan.edits.map(({ field, position, action, value }) => {
      const isSecret = isSecretField(field);
      return { field, position, action, value: shown(value, isSecret), isSecret };
    }),
    given: plan.given.map(({ field, position, value, by }) => ({
      field,
      position,
      value: shown(value, isSecretField(field)),
      origin: originView(by.origin),
    })),
    blocked: plan.blocked.map(({ field, position, value, reason }) => ({
      field,
      position,
      value: shown(value, isSecretField(field)),
      reason,
    })),
    unread: taken.unread.map(({ field, position, reason }) => ({ field, position, reason })),
    kept: taken.kept.map(({ key, line, value, isSecret }) =>
      secretKeys.has(key) ? { key, line, value: null, isSecret: true } : { key, line, value, isSecret },
    ),
    changes: plan.changes.map(({ field, position, keys }) => ({
      field,
      position,
      keys: keys.map((key) => ({ ...key, isSecret: false })),
    })),
    fingerprint,
  };
}
