import type { ConfigDocument, ConfigDocumentPlan } from '@loopstart/contracts';
import { type ConfigEntry, entryKey, isSecretEntry, placeKey, sameValue } from '@loopstart/domain';
import type { BroughtEdit } from '../drafts/index.ts';
import { shown } from '../entries/index.ts';

/** An entry of a document whose place was found. */
export interface PlacedEdit {
  path: string;
  edit: BroughtEdit;
  /** Whether a secret that is set is entered again. */
  isReplacing: boolean;
}

type Plan = Omit<ConfigDocumentPlan, 'fingerprint'>;

/** The edit of an entry at its place. */
export function editOf(entry: ConfigDocument['entries'][number], place: BroughtEdit['place']): BroughtEdit {
  const { kind, name, deviceClass, action, value, sealed } = entry;
  return { place, kind, name, deviceClass, action, value, isSealed: sealed };
}

/** What of a document differs from what is set at its places, with the edits that make it so. */
export function documentPlan(
  placed: readonly PlacedEdit[],
  standing: readonly ConfigEntry[],
  names: ReadonlyMap<string, string>,
): Plan & { edits: BroughtEdit[] } {
  const byKey = new Map(standing.map((entry) => [entryKey(entry), entry]));
  const plan: Plan & { edits: BroughtEdit[] } = { changes: [], unchanged: 0, secretsNotCompared: [], edits: [] };
  for (const { path, edit, isReplacing } of placed) {
    const there = byKey.get(entryKey(edit));
    const isSecret = isSecretEntry(edit);
    const isKept = isSecret && edit.action === 'set' && isSetAs(there, edit) && !isReplacing;
    if (isKept || isSame(there, edit)) {
      plan.unchanged++;
      if (isKept) plan.secretsNotCompared.push(path);
      continue;
    }
    const { kind, name, deviceClass, action } = edit;
    plan.edits.push(edit);
    plan.changes.push({
      path,
      placeName: names.get(placeKey(edit.place))!,
      kind,
      name,
      deviceClass,
      change: there === undefined ? 'added' : action === 'reset' ? 'removed' : 'changed',
      before: shown(there?.value, isSecret),
      after: shown(edit.value, isSecret),
      isSecret,
    });
  }
  return plan;
}

/** Whether a secret is set there, sealed for the layers below or not as the edit wants it. Its value is not known here. */
const isSetAs = (there: ConfigEntry | undefined, { isSealed }: BroughtEdit): boolean =>
  there !== undefined && there.value !== null && there.isSealed === isSealed;

function isSame(there: ConfigEntry | undefined, edit: BroughtEdit): boolean {
  if (edit.action === 'reset' || there === undefined) return edit.action === 'reset' && there === undefined;
  if (isSecretEntry(edit) && edit.action === 'set') return false;
  return sameValue(there.value ?? null, edit.value ?? null) && there.isSealed === edit.isSealed;
}
