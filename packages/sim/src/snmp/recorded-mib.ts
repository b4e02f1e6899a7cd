import type { OverrideSpec } from '../fleet/spec.ts';
import { compareOids, SortedMib, type MibView, type Oid, type SnmpValue, type VarBind } from '@loopstart/snmp';

const SYS_UP_TIME = '1.3.6.1.2.1.1.3.0';

/** A recording with a few replaced values; the recording itself can be shared by many gateways. */
export class RecordedMib implements MibView {
  readonly #recorded: SortedMib;
  readonly #own: SortedMib;
  readonly #uptimeTicks: () => number;

  /** `uptimeTicks` (hundredths of a second) replaces the recorded sysUpTime, where one was recorded. */
  constructor(recorded: SortedMib, overrides: readonly VarBind[], uptimeTicks: () => number) {
    this.#recorded = recorded;
    this.#own = new SortedMib(overrides);
    this.#uptimeTicks = uptimeTicks;
  }

  get(oid: Oid): SnmpValue | undefined {
    const value = this.#own.get(oid) ?? this.#recorded.get(oid);
    return value === undefined ? undefined : this.#lively({ oid, value }).value;
  }

  next(oid: Oid): VarBind | undefined {
    const [own, recorded] = [this.#own.next(oid), this.#recorded.next(oid)];
    const first =
      own === undefined || (recorded !== undefined && compareOids(recorded.oid, own.oid) < 0) ? recorded : own;
    return first === undefined ? undefined : this.#lively(first);
  }

  /** A unit whose clock does not advance would look as if it restarted at every poll. */
  #lively(varbind: VarBind): VarBind {
    if (varbind.oid !== SYS_UP_TIME || this.#own.get(SYS_UP_TIME) !== undefined) return varbind;
    return { oid: varbind.oid, value: { type: 'timeticks', value: this.#uptimeTicks() } };
  }
}

/** Values of a description, as they are in a varbind. */
export function overrideValues(overrides: readonly OverrideSpec[]): VarBind[] {
  return overrides.map(({ oid, type, value }) => ({ oid, value: overrideValue(type, value) }));
}

function overrideValue(type: OverrideSpec['type'], value: string | number): SnmpValue {
  switch (type) {
    case 'octets':
      return { type, value: new TextEncoder().encode(String(value)) };
    case 'oid':
    case 'ip':
      return { type, value: String(value) };
    default:
      return { type, value: Number(value) };
  }
}
