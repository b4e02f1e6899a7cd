import { CONDITIONS, OFF_HOOK_RAISE_AFTER_S } from './conditions.ts';
import type { ConditionKind } from './kinds.ts';
import type { AlertPlace, ThresholdOverride, ThresholdWhy } from './types.ts';

/** The effective thresholds of one kind at one place. */
export interface Setting {
  /** Not watched there. */
  off: boolean;
  /** Every parameter of the kind with its value and where that comes from. */
  why: Readonly<Record<string, ThresholdWhy>>;
}

/** The value of a parameter. Throws an Error for a name that the kind does not have: a mistake in a rule. */
export function valueOf(setting: Setting, parameter: string): number {
  const why = setting.why[parameter];
  if (why === undefined) throw new Error(`There is no threshold ${parameter}.`);
  return why.value;
}

/** Widest first; the nearest that names a parameter wins. */
const SCOPES = ['operator', 'customer', 'site', 'line-device-class', 'port'] as const;

/** Settings of one operator by kind and place. Immutable; resolved settings are cached. */
export class Thresholds {
  readonly #byKind = new Map<ConditionKind, ThresholdOverride[]>();
  readonly #resolved = new Map<string, Setting>();

  constructor(overrides: readonly ThresholdOverride[]) {
    for (const override of overrides) {
      const list = this.#byKind.get(override.kind);
      if (list === undefined) this.#byKind.set(override.kind, [override]);
      else list.push(override);
    }
  }

  /** The effective thresholds of the kind at a place. */
  at(kind: ConditionKind, place: AlertPlace): Setting {
    const overrides = this.#byKind.get(kind);
    // Without settings of its own a kind differs at most by device class.
    const device = kind === 'receiver-off-hook' || overrides !== undefined ? (place.lineDeviceClass ?? '') : '';
    const cacheKey =
      overrides === undefined
        ? `${kind}|${device}`
        : `${kind}|${place.customerId}|${place.siteId}|${device}|${place.gatewayId}/${place.position}`;
    let setting = this.#resolved.get(cacheKey);
    if (setting === undefined) {
      setting = resolve(kind, place, overrides ?? []);
      this.#resolved.set(cacheKey, setting);
    }
    return setting;
  }
}

function resolve(kind: ConditionKind, place: AlertPlace, overrides: readonly ThresholdOverride[]): Setting {
  const why: Record<string, ThresholdWhy> = {};
  for (const [name, spec] of Object.entries(CONDITIONS[kind].parameters))
    why[name] = { value: spec.default, scope: 'default', scopeId: null, reason: null };
  const offHook = place.lineDeviceClass === null ? undefined : OFF_HOOK_RAISE_AFTER_S[place.lineDeviceClass];
  if (kind === 'receiver-off-hook' && offHook !== undefined)
    why['raiseAfterS'] = { value: offHook, scope: 'default', scopeId: place.lineDeviceClass, reason: null };
  let off = false;
  for (const scope of SCOPES) {
    const scopeId = idIn(scope, place);
    if (scopeId === undefined) continue;
    for (const override of overrides) {
      if (override.scope !== scope || (override.scopeId ?? '') !== scopeId) continue;
      off = override.off;
      for (const [name, value] of Object.entries(override.parameters))
        if (name in why)
          why[name] = { value, scope, scopeId: scopeId === '' ? null : scopeId, reason: override.reason };
    }
  }
  return { off, why };
}

/** The id a scope has at a place; undefined where the place is not in such a scope. */
function idIn(scope: (typeof SCOPES)[number], place: AlertPlace): string | undefined {
  switch (scope) {
    case 'operator':
      return '';
    case 'customer':
      return place.customerId ?? undefined;
    case 'site':
      return place.siteId ?? undefined;
    case 'line-device-class':
      return place.lineDeviceClass ?? undefined;
    case 'port':
      return place.gatewayId === null || place.position === null ? undefined : `${place.gatewayId}/${place.position}`;
  }
}
