import { createHash } from 'node:crypto';
import { entryKey, isSecretEntry } from '@loopstart/domain';
import type { BroughtEdit } from './bring-in.service.ts';
import type { Standing } from './edit.repository.ts';

/** Names edits and what stands at their places, so that nobody confirms what they were not shown. Secrets are left out. */
export function fingerprintOf(edits: readonly BroughtEdit[], standing: readonly Standing[]): string {
  const shown = edits.map((edit) => [entryKey(edit), edit.action, isSecretEntry(edit) ? null : edit.value]);
  const there = standing.map(({ editId, entryId }) => editId ?? entryId);
  return createHash('sha256')
    .update(JSON.stringify([shown, there]))
    .digest('hex');
}
