import type { DigitMap } from '../../digit-maps/index.ts';
import {
  MEDIATRIX_CHARACTERS_MAX,
  type MediatrixAllowedRow,
  type MediatrixMap,
} from '../../digit-maps/mediatrix/map.ts';
import { entriesFor, LEAVE, type Spread } from '../../engine/config/entries.ts';
import { refuse } from '../../engine/config/words.ts';
import type { ConfigMapping } from '../../engine/slices/config.ts';

/** Rows that the export of a unit has. */
const ROWS = 10;
const keysOf = (table: string, columns: readonly string[]) =>
  Array.from({ length: ROWS }, (_, at) => columns.map((column) => `EpServ.${table}[Index=${at + 1}].${column}`)).flat();
const ALLOWED = ['Enable', 'ApplyTo', 'DtmfMap', 'DtmfTransformation'];
const REFUSED = ['Enable', 'ApplyTo', 'DtmfMap'];

/** Rows in order, for the whole unit; rows behind the last are switched off. */
const plan: Spread<MediatrixMap> = {
  write({ allowed, refused, interDtmfTimeoutMs }) {
    if (allowed.length > ROWS || refused.length > ROWS) return refuse(`expected at most ${ROWS} rules of each kind`);
    const long = [...allowed, ...refused].find(({ dtmfMap }) => dtmfMap.length > MEDIATRIX_CHARACTERS_MAX);
    if (long !== undefined) return refuse(`expected at most ${MEDIATRIX_CHARACTERS_MAX} characters a rule`);
    return [
      ...Array.from({ length: ROWS }, (_, at) => {
        const row = allowed[at];
        return row === undefined
          ? (['Disable', LEAVE, LEAVE, LEAVE] as const)
          : ['Enable', 'Unit', row.dtmfMap, row.transformation];
      }).flat(),
      ...Array.from({ length: ROWS }, (_, at) => {
        const row = refused[at];
        return row === undefined ? (['Disable', LEAVE, LEAVE] as const) : ['Enable', 'Unit', row.dtmfMap];
      }).flat(),
      String(interDtmfTimeoutMs),
    ];
  },
  read(texts) {
    const allowed = enabledRows(texts.slice(0, ROWS * ALLOWED.length), ALLOWED.length);
    const refused = enabledRows(texts.slice(ROWS * ALLOWED.length, -1), REFUSED.length);
    const timeout = texts.at(-1);
    const isKnown = (transformation: string | undefined) => transformation === 'x' || transformation === 'x{#}';
    if (allowed === null || refused === null || !/^\d+$/.test(timeout ?? '')) return undefined;
    if (!allowed.every(([, , transformation]) => isKnown(transformation))) return undefined;
    return {
      language: 'mediatrix',
      allowed: allowed.map(([, dtmfMap = '', transformation]): MediatrixAllowedRow => ({
        dtmfMap,
        transformation: transformation === 'x' ? 'x' : 'x{#}',
      })),
      refused: refused.map(([, dtmfMap = '']) => ({ dtmfMap })),
      interDtmfTimeoutMs: Number(timeout),
    };
  },
};

/** The rows that are switched on, without their switch; null where one is not for the whole unit. */
function enabledRows(texts: readonly (string | undefined)[], width: number): (string | undefined)[][] | null {
  const rows = Array.from({ length: texts.length / width }, (_, at) => texts.slice(at * width, (at + 1) * width));
  const enabled = rows.filter(([state]) => state === 'Enable').map(([, ...cells]) => cells);
  return enabled.every(([applyTo]) => applyTo === 'Unit') ? enabled : null;
}

export const mediatrixDialPlan = entriesFor('gateway', {
  source: 'script that a DGW unit exported; Media5 DTMF map notes',
}).keys(
  [...keysOf('CallDtmfMapAllowed', ALLOWED), ...keysOf('CallDtmfMapRefuse', REFUSED), 'EpServ.DtmfMapTimeoutInterDtmf'],
  plan,
) as ConfigMapping<DigitMap>;
