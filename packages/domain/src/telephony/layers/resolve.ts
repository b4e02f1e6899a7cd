import type { LineDeviceClass } from '../../line/vocabulary.ts';
import { fieldOf, valueProblem, type FieldId, type FieldValue, type Settings } from '../model/index.ts';
import { fillIn } from './fill-in.ts';
import { SETTING_LAYERS, type SettingLayer, type SettingEntry, type SettingLayerKind } from './layer.ts';

/** One gateway or port, as far as layers differ by it. */
export interface SettingSubject {
  /** Null for the gateway itself. */
  readonly port: { readonly position: number; readonly deviceClass: LineDeviceClass } | null;
  /** Variables that the subject itself gives, such as `port.number`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Where a value is from, for people. */
export interface SettingOrigin {
  readonly layer: SettingLayerKind;
  readonly layerName: string;
  readonly deviceClass: LineDeviceClass | null;
  readonly author: string | null;
  readonly at: number | null;
  readonly isSealed: boolean;
}

/** The value of one field for one subject, and why. */
export interface ResolvedSetting {
  readonly field: FieldId;
  /** Null: not managed; the gateway keeps what it has. */
  readonly value: FieldValue | null;
  readonly origin: SettingOrigin;
  /** Weaker values that it overrides, the strongest first. */
  readonly overrides: readonly { readonly value: unknown; readonly origin: SettingOrigin }[];
}

export const SETTING_PROBLEMS = ['overrides-sealed', 'unknown-variable', 'invalid-value', 'wrong-level'] as const;

/** Why an entry has no effect. */
export interface SettingProblem {
  readonly kind: (typeof SETTING_PROBLEMS)[number];
  readonly field: FieldId;
  readonly layer: SettingLayerKind;
  readonly layerName: string;
  readonly detail: string;
}

export interface SettingResolution {
  readonly values: ReadonlyMap<FieldId, ResolvedSetting>;
  readonly problems: readonly SettingProblem[];
}

interface Candidate {
  entry: SettingEntry;
  layer: SettingLayer;
}

/**
 * The settings of one subject: of each field the strongest entry that is for it. An entry that breaks a seal, names an
 * unknown variable or has an invalid value has no effect and is a problem; the next weaker one holds.
 */
export function resolveSettings(layers: readonly SettingLayer[], subject: SettingSubject): SettingResolution {
  const ordered = layers.toSorted((a, b) => SETTING_LAYERS.indexOf(a.kind) - SETTING_LAYERS.indexOf(b.kind));
  const variables = Object.assign({}, ...ordered.map((layer) => layer.variables), subject.variables);
  const problems: SettingProblem[] = [];
  const values = new Map<FieldId, ResolvedSetting>();
  for (const layer of ordered) {
    for (const entry of entriesFor(layer, subject, problems)) {
      const former = values.get(entry.field);
      if (former !== undefined && isSealedFor(layer, former)) {
        problems.push(problem('overrides-sealed', { entry, layer }, `${former.origin.layerName} sealed it`));
        continue;
      }
      const value = usableValue({ entry, layer }, variables, problems);
      if (value === undefined) continue;
      values.set(entry.field, next(value, { entry, layer }, former));
    }
  }
  return { values, problems };
}

/** The values alone, of the fields that are managed. */
export function settingsOf(resolution: SettingResolution): Settings {
  const settings: Record<string, unknown> = {};
  for (const { field, value } of resolution.values.values()) if (value !== null) settings[field] = value;
  return settings as Settings;
}

/** The entries of a layer that are for a subject: those for all devices before those for its class. */
function entriesFor(layer: SettingLayer, { port }: SettingSubject, problems: SettingProblem[]): SettingEntry[] {
  const general: SettingEntry[] = [];
  const ofClass: SettingEntry[] = [];
  for (const entry of layer.entries) {
    const level = fieldOf(entry.field).level;
    if (level === 'gateway' && (entry.deviceClass !== null || layer.kind === 'port')) {
      problems.push(problem('wrong-level', { entry, layer }, 'it holds for the whole gateway, not for single lines'));
    } else if ((level === 'port') !== (port !== null)) continue;
    else if (entry.deviceClass === null) general.push(entry);
    else if (entry.deviceClass === port?.deviceClass) ofClass.push(entry);
  }
  return [...general, ...ofClass];
}

/** Whether a value is closed to a layer. A layer may refine by device class what it sealed itself. */
function isSealedFor(layer: SettingLayer, { origin }: ResolvedSetting): boolean {
  return origin.isSealed && !(origin.layer === layer.kind && origin.layerName === layer.name);
}

/** The value with its variables filled in; undefined, and a problem, where it cannot be used. */
function usableValue(
  candidate: Candidate,
  variables: Readonly<Record<string, string>>,
  problems: SettingProblem[],
): FieldValue | null | undefined {
  const { field, value } = candidate.entry;
  if (value === null) return null;
  const filled = fieldOf(field).variables === true ? fillIn(value, variables) : { value, unknown: [] };
  if (filled.unknown.length > 0) {
    problems.push(problem('unknown-variable', candidate, `nothing defines {${filled.unknown.join('}, {')}}`));
    return undefined;
  }
  const wrong = valueProblem(field, filled.value);
  if (wrong !== null) {
    problems.push(problem('invalid-value', candidate, wrong));
    return undefined;
  }
  return filled.value as FieldValue;
}

function next(value: FieldValue | null, candidate: Candidate, former: ResolvedSetting | undefined): ResolvedSetting {
  const overrides = former === undefined ? [] : [{ value: former.value, origin: former.origin }, ...former.overrides];
  return { field: candidate.entry.field, value, origin: originOf(candidate), overrides };
}

function originOf({ entry, layer }: Candidate): SettingOrigin {
  const { deviceClass, author, at, isSealed, field } = entry;
  return {
    layer: layer.kind,
    layerName: layer.name,
    deviceClass,
    author,
    at,
    isSealed: isSealed || fieldOf(field).alwaysSealed === true,
  };
}

function problem(kind: SettingProblem['kind'], { entry, layer }: Candidate, detail: string): SettingProblem {
  return { kind, field: entry.field, layer: layer.kind, layerName: layer.name, detail };
}
