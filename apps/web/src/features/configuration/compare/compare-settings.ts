import type { EffectiveConfig } from '@loopstart/contracts';

type Setting = EffectiveConfig['settings'][number];

/** Whether two values are the same. `unknown`: secrets are not shown, so that only their origin can tell. */
export type Sameness = 'same' | 'different' | 'unknown';

/** One setting of two gateways, or of a port of each. */
export interface ComparedSetting {
  field: string;
  /** Null: nothing sets it there. */
  one: Setting | null;
  other: Setting | null;
  sameness: Sameness;
}

/** The settings of the gateways themselves (`position` null), or of one position of both. */
export interface ComparedPart {
  position: number | null;
  /** Null: this gateway has no such port for line devices. */
  one: Port | null;
  other: Port | null;
  settings: ComparedSetting[];
}
type Port = Pick<EffectiveConfig['ports'][number], 'label' | 'number' | 'deviceClass'>;

/** Two gateways setting by setting: themselves, then port by port at the same positions. */
export function compareGateways(one: EffectiveConfig, other: EffectiveConfig): ComparedPart[] {
  const ports = [one, other].map(({ ports: all }) => new Map(all.map((port) => [port.position, port])));
  const positions = [...new Set(ports.flatMap((all) => [...all.keys()]))].sort((a, b) => a - b);
  return [
    { position: null, one: null, other: null, settings: compareSettings(one.settings, other.settings) },
    ...positions.map((position) => {
      const [left, right] = ports.map((all) => all.get(position) ?? null) as [Pair, Pair];
      return {
        position,
        one: left,
        other: right,
        settings: compareSettings(left?.settings ?? [], right?.settings ?? []),
      };
    }),
  ];
}
type Pair = EffectiveConfig['ports'][number] | null;

function compareSettings(one: readonly Setting[], other: readonly Setting[]): ComparedSetting[] {
  const [left, right] = [one, other].map((all) => new Map(all.map((setting) => [setting.field, setting]))) as [
    Map<string, Setting>,
    Map<string, Setting>,
  ];
  return [...new Set([...left.keys(), ...right.keys()])].map((field) => {
    const [a, b] = [left.get(field) ?? null, right.get(field) ?? null];
    return { field, one: a, other: b, sameness: sameness(a, b) };
  });
}

function sameness(a: Setting | null, b: Setting | null): Sameness {
  const [isSetA, isSetB] = [a?.isManaged === true, b?.isManaged === true];
  if (isSetA !== isSetB) return 'different';
  if (!isSetA) return 'same';
  if (!a!.isSecret) return JSON.stringify(a!.value) === JSON.stringify(b!.value) ? 'same' : 'different';
  // One entry of a wider place gives both the same secret; two entries may hold the same or not.
  const isOneEntry = a!.origin.layer !== 'port' && a!.origin.layer !== 'gateway' && isSameOrigin(a!, b!);
  return isOneEntry ? 'same' : 'unknown';
}

const isSameOrigin = ({ origin: a }: Setting, { origin: b }: Setting): boolean =>
  a.layer === b.layer && a.layerName === b.layerName && a.deviceClass === b.deviceClass && a.at === b.at;

/** Differences, and what nobody can tell; the rest is the same. */
export const isWorthShowing = ({ sameness: found }: ComparedSetting): boolean => found !== 'same';
