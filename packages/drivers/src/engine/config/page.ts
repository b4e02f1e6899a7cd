import { CHANGE_COSTS, fieldOf, type FieldId, type Settings } from '@loopstart/domain';
import type { Assignment, ConfigChange, ConfigMapping, ConfigPlace, ConfigUnit } from '../slices/config.ts';
import type { NotWritten, RenderedConfig, WrittenSetting } from './wish.ts';
import type { Wish } from './wishes.ts';
import { isRefused } from './words.ts';

/** Control characters and quotes have a meaning in the file or command line of some vendor. */
const UNSAFE = /["\p{Cc}\p{Zl}\p{Zp}]/u;

/** The changes so far, and what is not among them. */
export class Page {
  readonly refusals: NotWritten[] = [];
  readonly notVerified: NotWritten[] = [];
  readonly #unit: ConfigUnit;
  readonly #byKey = new Map<string, { change: ConfigChange; field: FieldId | null }>();
  readonly #written: WrittenSetting[] = [];
  #cost = 0;

  constructor(unit: ConfigUnit) {
    this.#unit = unit;
  }

  /** Whether a setting of the whole gateway could be written at some of its places only. */
  hasGap(wishes: readonly Wish[]): boolean {
    return wishes.some(
      ({ mapping, index }) => mapping.keys({ unit: this.#unit, scope: mapping.scope, index }) === null,
    );
  }

  write(
    field: FieldId | null,
    mapping: ConfigMapping<unknown>,
    { value, index, others }: { value: unknown; index: number; others: Settings },
  ): void {
    const place: ConfigPlace = { unit: this.#unit, scope: mapping.scope, index };
    const position = mapping.scope === 'port' ? index : null;
    if (mapping.keys(place) === null) {
      const reason = `its key at ${mapping.scope} ${index} is not known`;
      return void this.notVerified.push({ field, position, reason });
    }
    const assignments = mapping.write(value, place, others);
    if (isRefused(assignments)) {
      const into = assignments.isUnverified ? this.notVerified : this.refusals;
      return void into.push({ field, position, reason: assignments.refused });
    }
    const reason = this.#problemOf(assignments);
    if (reason !== null) return void this.refusals.push({ field, position, reason });
    const changes = assignments.map((assignment) => changeOf(assignment, mapping.isSecret === true));
    for (const change of changes) if (!this.#byKey.has(change.key)) this.#byKey.set(change.key, { change, field });
    this.#written.push({ field, position, place, changes });
    const costs = [mapping.cost ?? 'live', field === null ? 'live' : fieldOf(field).cost] as const;
    this.#cost = Math.max(this.#cost, ...costs.map((cost) => CHANGE_COSTS.indexOf(cost)));
  }

  result(): RenderedConfig {
    return {
      changes: [...this.#byKey.values()].map(({ change }) => change),
      written: this.#written,
      cost: CHANGE_COSTS[this.#cost] ?? 'live',
      refusals: this.refusals,
      notVerified: this.notVerified,
    };
  }

  /** A text that no file may hold, or a key that another setting has already given another text. */
  #problemOf(assignments: readonly Assignment[]): string | null {
    for (const [key, text] of assignments) {
      if (text !== null && UNSAFE.test(text)) return 'expected no quotes and no control characters';
      const former = this.#byKey.get(key);
      if (former === undefined) continue;
      const formerText = former.change.kind === 'set' ? former.change.value : null;
      if (formerText !== text)
        return `this gateway has one value for it and ${former.field ?? 'its profile'}, and they differ`;
    }
    return null;
  }
}

function changeOf([key, text]: Assignment, isSecret: boolean): ConfigChange {
  return text === null ? { kind: 'remove', key } : { kind: 'set', key, value: text, isSecret };
}
