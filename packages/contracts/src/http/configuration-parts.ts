import {
  CHANGE_COSTS,
  CONFIG_ENTRY_KINDS,
  EDITABLE_SETTING_LAYERS,
  LINE_DEVICE_CLASSES,
  SETTING_LAYERS,
} from '@loopstart/domain';
import { z } from 'zod';
import { Id, Instant } from './fields.ts';

/** Where settings are made. A gateway model is named by its vendor and model, as gateways show them. */
export const ConfigPlace = z
  .discriminatedUnion('layer', [
    z.object({ layer: z.literal('operator') }),
    z.object({ layer: z.literal('customer'), customerId: Id }),
    z.object({ layer: z.literal('site'), siteId: Id }),
    z.object({
      layer: z.literal('gateway-model'),
      vendor: z.string().trim().min(1).max(80),
      model: z.string().trim().min(1).max(120),
    }),
    z.object({ layer: z.literal('gateway'), gatewayId: Id }),
    z.object({ layer: z.literal('port'), gatewayId: Id, position: z.int().min(1).max(1000) }),
  ])
  .meta({ id: 'ConfigPlace' });
export type ConfigPlace = z.infer<typeof ConfigPlace>;

/** The same place as query parameters. */
export const placeQuery = {
  layer: z.enum(EDITABLE_SETTING_LAYERS),
  customerId: Id.optional(),
  siteId: Id.optional(),
  vendor: z.string().trim().max(80).optional(),
  model: z.string().trim().max(120).optional(),
  gatewayId: Id.optional(),
  position: z.coerce.number().int().min(1).max(1000).optional(),
};

/**
 * A value as it is shown. Of a secret `{ isSet: true }` alone; null: not managed, the gateway keeps what it has.
 */
export const ShownValue = z
  .union([z.json(), z.object({ isSet: z.literal(true) })])
  .describe('The value; of a secret only { "isSet": true }; null: not managed');

/** What an entry sets: a field of the telephony model, a `{variable}`, or a dial plan by its name. */
export const ConfigItem = {
  kind: z.enum(CONFIG_ENTRY_KINDS),
  name: z.string().min(1).max(60).describe('Id of the field, or name of the variable or dial plan'),
  deviceClass: z.enum(LINE_DEVICE_CLASSES).nullable().describe('The line devices it is for; null: all'),
};

/** One published setting of one place. */
export const ConfigEntry = z
  .object({
    id: Id,
    place: ConfigPlace,
    placeName: z.string(),
    ...ConfigItem,
    value: ShownValue,
    isSecret: z.boolean(),
    isSealed: z.boolean().describe('No layer below may override it'),
    author: z.string(),
    at: Instant,
    revision: z.int().describe('The revision that published it'),
  })
  .meta({ id: 'ConfigEntry' });
export type ConfigEntry = z.infer<typeof ConfigEntry>;

/** Where a value comes from. */
export const ConfigOrigin = z
  .object({
    layer: z.enum(SETTING_LAYERS),
    layerName: z.string(),
    deviceClass: z.enum(LINE_DEVICE_CLASSES).nullable(),
    author: z.string().nullable(),
    at: Instant.nullable(),
    isSealed: z.boolean(),
  })
  .meta({ id: 'ConfigOrigin' });

/** The value of one field for a gateway or one of its ports, and why. */
export const EffectiveSetting = z
  .object({
    field: z.string(),
    value: ShownValue,
    isSecret: z.boolean(),
    isManaged: z.boolean().describe('Whether Loopstart sets it; otherwise the gateway keeps what it has'),
    origin: ConfigOrigin,
    overrides: z
      .array(z.object({ value: ShownValue, origin: ConfigOrigin }))
      .describe('Weaker values, strongest first'),
  })
  .meta({ id: 'EffectiveSetting' });

/** A gateway as lists of configuration name it. */
export const ConfigGateway = z
  .object({
    id: Id,
    name: z.string(),
    siteId: Id,
    siteName: z.string(),
    customerName: z.string(),
    vendor: z.string(),
    model: z.string().nullable(),
    firmware: z.string().nullable(),
    driverId: z.string(),
  })
  .meta({ id: 'ConfigGateway' });
export type ConfigGateway = z.infer<typeof ConfigGateway>;

/** Any value of JSON. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;

/** How a gateway is disturbed by a change, from the least to the most. */
export const ConfigCost = z.enum(CHANGE_COSTS);

/** One key of the vendor's own language. Values of secrets are null, with `isSecret`. */
export const ConfigKeyChange = z
  .object({ key: z.string(), before: z.string().nullable(), after: z.string().nullable(), isSecret: z.boolean() })
  .meta({ id: 'ConfigKeyChange' });
export type ConfigKeyChange = z.infer<typeof ConfigKeyChange>;
