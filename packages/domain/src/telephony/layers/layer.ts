import type { LineDeviceClass } from '../../line/vocabulary.ts';
import type { FieldId } from '../model/index.ts';

/**
 * Where a setting can be made, from the weakest to the strongest: a later one overrides an earlier one. What the vendor
 * does by itself is the weakest and is never rendered.
 */
export const SETTING_LAYERS = [
  'vendor-default',
  'product-default',
  'operator',
  'customer',
  'site',
  'gateway-model',
  'gateway',
  'port',
] as const;
export type SettingLayerKind = (typeof SETTING_LAYERS)[number];

/** The layers that an operator edits. */
export const EDITABLE_SETTING_LAYERS = SETTING_LAYERS.slice(2) as readonly Exclude<
  SettingLayerKind,
  'vendor-default' | 'product-default'
>[];
export type EditableSettingLayer = (typeof EDITABLE_SETTING_LAYERS)[number];

/** One setting in one layer. */
export interface SettingEntry {
  readonly field: FieldId;
  /** Null: stop managing the field from here on; the gateway keeps what it has. */
  readonly value: unknown;
  /** The line devices that it is for: a line profile. Null: all. In one layer the entry for a class is the stronger. */
  readonly deviceClass: LineDeviceClass | null;
  /** No layer below may override it. */
  readonly isSealed: boolean;
  /** Who made it; null for defaults. */
  readonly author: string | null;
  /** When, in ms since the epoch; null for defaults. */
  readonly at: number | null;
}

/** What is set at one place. */
export interface SettingLayer {
  readonly kind: SettingLayerKind;
  /** The name of the place, for people: a customer, a site, a gateway. */
  readonly name: string;
  readonly entries: readonly SettingEntry[];
  /** Values of `{variables}`, by name. */
  readonly variables: Readonly<Record<string, string>>;
}
