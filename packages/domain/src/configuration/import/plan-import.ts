import { fieldOf, type FieldId, type ResolvedSetting, type SettingResolution } from '../../telephony/index.ts';

/** A value that a gateway was found to have. `position` from 1; null: of the whole gateway. */
export interface ImportedValue {
  readonly field: FieldId;
  readonly position: number | null;
  readonly value: unknown;
}

/** One edit of the gateway (`position` null) or of one of its ports. */
export interface ImportEdit {
  readonly field: FieldId;
  readonly position: number | null;
  readonly action: 'set' | 'unmanage';
  /** Null of `unmanage`. */
  readonly value: unknown;
}

/** What the layers give once these edits are among them. */
export type ResolveWith = (edits: readonly ImportEdit[]) => {
  readonly gateway: SettingResolution;
  readonly ports: ReadonlyMap<number, SettingResolution>;
};

export interface ImportPlan {
  readonly edits: readonly ImportEdit[];
  /** What the layers give already. */
  readonly given: readonly (ImportedValue & { readonly by: ResolvedSetting })[];
  /** What no edit of the gateway or port can bring about, and why. */
  readonly blocked: readonly (ImportedValue & { readonly reason: string })[];
}

/** Whether a value of the layers is the one that was found. */
export type IsSame = (field: FieldId, given: unknown, found: unknown) => boolean;

/**
 * The fewest edits after which the layers give what a gateway was found to have. A setting of ports that all ports share
 * becomes one edit of the gateway; an account is of its port.
 */
export function planImport(found: readonly ImportedValue[], resolve: ResolveWith, isSame: IsSame): ImportPlan {
  const before = resolve([]);
  const given: (ImportedValue & { by: ResolvedSetting })[] = [];
  const blocked: (ImportedValue & { reason: string })[] = [];
  const missing: ImportedValue[] = [];
  for (const one of found) {
    if (one.position !== null && !before.ports.has(one.position)) {
      blocked.push({ ...one, reason: 'Loopstart knows no such line of this gateway' });
      continue;
    }
    const by = settingAt(before, one);
    if (by !== undefined && by.value !== null && isSame(one.field, by.value, one.value)) given.push({ ...one, by });
    else missing.push(one);
  }
  const positions = [...before.ports.keys()];
  const candidates = missing
    .filter(({ field, position }, at) => {
      const isFirst = missing.findIndex((one) => one.field === field) === at;
      return position !== null && isFirst && isShareable(field) && positions.length > 1;
    })
    .filter(({ field, value }) =>
      positions.every((position) =>
        found.some((one) => one.field === field && one.position === position && isSame(field, one.value, value)),
      ),
    )
    .map(({ field, value }) => ({ field, position: null, action: 'set' as const, value }));
  const withAll = resolve(candidates);
  const shared = candidates.filter(({ field, value }) =>
    positions.every((position) => isSame(field, settingAt(withAll, { field, position })?.value ?? null, value)),
  );
  const own = missing
    .filter((one) => one.position === null || !shared.some(({ field }) => field === one.field))
    .map((one) => ({ ...one, action: 'set' as const }));
  const edits = [...shared, ...own];
  const after = resolve(edits);
  const failed = missing.filter((one) => !isSame(one.field, settingAt(after, one)?.value ?? null, one.value));
  for (const one of failed) blocked.push({ ...one, reason: reasonOf(settingAt(after, one)) });
  const isFailed = (edit: ImportEdit) =>
    failed.some(({ field, position }) => field === edit.field && position === edit.position);
  return { edits: edits.filter((edit) => !isFailed(edit)), given, blocked };
}

/** A setting whose publication would change what the gateway has, at the place where it is written. */
export interface DifferingSetting {
  readonly field: FieldId;
  readonly position: number | null;
}

/**
 * Edits that leave alone what would differ although nothing was found for it: the gateway has a default there, or a value
 * that is none of the model. What is sealed above stays.
 */
export function leaveAlone(
  differing: readonly DifferingSetting[],
  edits: readonly ImportEdit[],
  resolve: ResolveWith,
): readonly ImportEdit[] {
  const now = resolve(edits);
  const isSet = ({ field, position }: DifferingSetting) =>
    edits.some((edit) => edit.field === field && edit.position === position);
  const wanted = [
    ...new Map(differing.flatMap((one) => placesOf(one, now)).map((one) => [keyOf(one), one])).values(),
  ].filter((one) => !isSet(one) && isOpen(settingAt(now, one)));
  const unmanage = ({ field, position }: DifferingSetting): ImportEdit => ({
    field,
    position,
    action: 'unmanage',
    value: null,
  });
  const byField = Map.groupBy(wanted, ({ field }) => field);
  const isDone = (one: DifferingSetting, some: readonly ImportEdit[]) =>
    (settingAt(resolve([...edits, ...some]), one)?.value ?? null) === null;
  return [...byField].flatMap(([field, places]) => {
    const [first] = places;
    if (first === undefined) return [];
    const whole = [unmanage({ field, position: null })];
    const isOfAll = now.ports.size > 1 && places.length === now.ports.size && !isSet({ field, position: null });
    if (isOfAll && places.every((one) => isDone(one, whole))) return whole;
    return places.map(unmanage).filter((edit) => isDone(edit, [edit]));
  });
}

const keyOf = ({ field, position }: DifferingSetting): string => `${field} ${position}`;

/** A setting of the whole gateway may be written for each port, and one of ports once for several of them. */
function placesOf({ field, position }: DifferingSetting, { ports }: ReturnType<ResolveWith>): DifferingSetting[] {
  if (fieldOf(field).level === 'gateway') return [{ field, position: null }];
  return position === null ? [...ports.keys()].map((one) => ({ field, position: one })) : [{ field, position }];
}

const isOpen = (setting: ResolvedSetting | undefined): boolean =>
  setting !== undefined && setting.value !== null && !isSealedAbove(setting);

const isSealedAbove = ({ origin }: ResolvedSetting): boolean =>
  origin.isSealed && origin.layer !== 'gateway' && origin.layer !== 'port';

function settingAt(
  resolved: ReturnType<ResolveWith>,
  { field, position }: DifferingSetting,
): ResolvedSetting | undefined {
  return (position === null ? resolved.gateway : resolved.ports.get(position))?.values.get(field);
}

/** Accounts and secrets are of one line, even where several have the same. */
const isShareable = (field: FieldId): boolean =>
  field === 'port.enabled' || (!field.startsWith('port.') && fieldOf(field).secret !== true);

function reasonOf(setting: ResolvedSetting | undefined): string {
  if (setting === undefined) return 'the value is not valid here';
  const { origin } = setting;
  if (isSealedAbove(setting)) return `${origin.layerName} sealed it`;
  if (origin.deviceClass !== null) return `${origin.layerName} sets it for the line device`;
  return `${origin.layerName} sets it`;
}
