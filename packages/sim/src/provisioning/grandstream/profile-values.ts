/** P-values that a unit has once for each of its profiles, with their factory defaults: text, or a range of numbers. */
type Row = readonly [
  keys: readonly [first: string, second: string, third: string, fourth: string],
  value: string,
  range: readonly [from: number, to: number] | null,
];

/**
 * Beside server, digit map, caller ID, impedance and cadence. HT812, HT814 and HT818 have the first two columns, GXW42xx
 * all four; the names stand in the maker's template for GXW42xx, and the first two in exports of both families.
 */
const ROWS: readonly Row[] = [
  [['P271', 'P401', 'P501', 'P601'], '1', [0, 1]],
  [['P967', 'P987', 'P997', 'P998'], '', null],
  [['P4567', 'P4568', 'P4569', 'P4570'], '0', [0, 1]],
  [['P48', 'P748', 'P548', 'P603'], '', null],
  [['P130', 'P830', 'P530', 'P4648'], '0', [0, 2]],
  [['P183', 'P443', 'P543', 'P643'], '0', [0, 2]],
  [['P32', 'P732', 'P532', 'P612'], '60', [1, 64_800]],
  [['P52', 'P730', 'P630', 'P614'], '2', [0, 5]],
  [['P260', 'P434', 'P534', 'P4634'], '180', [90, 64_800]],
  [['P228', 'P710', 'P510', 'P4384'], '0', [0, 1]],
  [['P79', 'P779', 'P579', 'P4574'], '101', [96, 127]],
  [['P37', 'P737', 'P4593', 'P4594'], '2', [1, 64]],
  [['P850', 'P860', 'P560', 'P4583'], '101', [100, 102]],
  [['P851', 'P861', 'P561', 'P4584'], '102', [100, 102]],
  [['P852', 'P862', 'P562', 'P4585'], '100', [100, 102]],
  [['P57', 'P757', 'P557', 'P651'], '0', [0, 127]],
  [['P58', 'P758', 'P558', 'P652'], '8', [0, 127]],
  [['P59', 'P759', 'P559', 'P653'], '4', [0, 127]],
  [['P60', 'P760', 'P660', 'P654'], '18', [0, 127]],
  [['P61', 'P761', 'P661', 'P655'], '2', [0, 127]],
  [['P62', 'P762', 'P662', 'P656'], '97', [0, 127]],
  [['P46', 'P814', 'P514', 'P4657'], '9', [0, 127]],
  [['P98', 'P815', 'P515', 'P658'], '9', [0, 127]],
  [['P91', 'P791', 'P591', 'P4577'], '0', [0, 1]],
  [['P205', 'P865', 'P665', 'P4339'], '0', [0, 1]],
  [['P892', 'P893', 'P593', 'P4346'], '0', [0, 1]],
  [['P856', 'P857', 'P657', 'P4347'], '200', [100, 10_000]],
  [['P251', 'P811', 'P511', 'P4387'], '300', [40, 2000]],
  [['P252', 'P812', 'P512', 'P4388'], '1100', [40, 2000]],
  [['P247', 'P248', 'P648', 'P4393'], '0', [0, 6]],
  [['P249', 'P283', 'P683', 'P4394'], '0', [0, 6]],
  [['P85', 'P292', 'P492', 'P4588'], '4', [1, 15]],
  [['P72', 'P772', 'P572', 'P692'], '1', [0, 1]],
  [['P66', 'P766', 'P666', 'P619'], '', null],
  [['P4045', 'P4046', 'P4047', 'P4048'], '0', [0, 60]],
  [['P191', 'P751', 'P551', 'P620'], '1', [0, 1]],
  [['P4793', 'P4794', 'P4795', 'P4796'], '0', [0, 1]],
];

/** The keys that say whether a profile is in use, in the order of the profiles. */
export const PROFILE_ACTIVE: readonly string[] = ROWS[0]![0];

/** One value of a profile: its key, its default, and the numbers that it may be; null: any text. */
export interface ProfileValue {
  readonly key: string;
  readonly value: string;
  readonly range: readonly [from: number, to: number] | null;
}

/** The values of the first `count` profiles. */
export const profileValues = (count: number): ProfileValue[] =>
  ROWS.flatMap(([keys, value, range]) => keys.slice(0, count).map((key) => ({ key, value, range })));
