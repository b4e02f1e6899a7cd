import type { ValueType } from './value-type.ts';

/**
 * What a change of a setting does to a gateway that is in service, from the least to the most. A vendor's own table may
 * say more than this default, never less.
 */
export const CHANGE_COSTS = [
  'live',
  're-register',
  'next-call',
  'service-restart',
  'reboot',
  'may-lose-management',
] as const;
export type ChangeCost = (typeof CHANGE_COSTS)[number];

/** One setting of the telephony model. */
export interface Field<T extends ValueType = ValueType> {
  readonly type: T;
  /** Of the whole gateway, or of each port. */
  readonly level: 'gateway' | 'port';
  /** What it decides, in one plain sentence. */
  readonly about: string;
  /** The standard or manual that defines it. */
  readonly source: string;
  /** Kept sealed, shown to nobody, masked in differences. */
  readonly secret?: true;
  /** What nothing below the layer that sets it may override. */
  readonly alwaysSealed?: true;
  /** Reads `{variables}`. */
  readonly variables?: true;
  readonly cost: ChangeCost;
}

type Group<F extends Record<string, Field>> = F;

/** Checks a group of fields without widening their types. */
export const fields = <const F extends Record<string, Field>>(group: F): Group<F> => group;
