/** The facts of an inventory about a gateway, null where it has none. */
export interface Unit {
  readonly model: string | null;
  readonly firmware: string | null;
}
export const UNKNOWN_UNIT: Unit = { model: null, firmware: null };

/** Units that have a capability, according to the vendor's documents; an absent field holds for every unit. */
export interface Offer {
  readonly models?: readonly string[];
  /** Versions by their numbers: the capability exists from `from` on, and until before `before`. */
  readonly firmware?: { readonly from?: string; readonly before?: string };
}

/** Whether a unit has the capability. A unit that does not report its model or firmware may have it. */
export function isOffered({ models, firmware: range }: Offer, { model, firmware }: Unit): boolean {
  if (models !== undefined && model !== null && !models.some((name) => isModel(name, model))) return false;
  const version = numbersOf(firmware ?? '');
  if (range === undefined || version.length === 0) return true;
  if (range.from !== undefined && compareVersions(version, numbersOf(range.from)) < 0) return false;
  return range.before === undefined || compareVersions(version, numbersOf(range.before)) < 0;
}

/** An inventory omits the vendor's name from the model's. */
const isModel = (name: string, model: string) => name === model || name.endsWith(` ${model}`);

/** An offer in words, empty where every unit has it: 'firmware 2.7 or later'. */
export function offerInWords({ models, firmware = {} }: Offer): string {
  const from = firmware.from === undefined ? [] : [`firmware ${firmware.from} or later`];
  const before = firmware.before === undefined ? [] : [`firmware before ${firmware.before}`];
  return [...(models === undefined ? [] : [models.join(', ')]), ...from, ...before].join('; ');
}

/** The first run of numbers in a version: 'TAU-SIP 2.7.1' is 2, 7, 1. */
function numbersOf(version: string): number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').flatMap((part) => (part === '' ? [] : [Number(part)]));
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
