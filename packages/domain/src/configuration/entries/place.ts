import type { EditableSettingLayer } from '../../telephony/index.ts';

/** Where an entry is made. A gateway model is named by vendor and model, as gateways report them. */
export type EntryPlace =
  | { readonly layer: 'operator' }
  | { readonly layer: 'customer'; readonly customerId: string }
  | { readonly layer: 'site'; readonly siteId: string }
  | { readonly layer: 'gateway-model'; readonly vendor: string; readonly model: string }
  | { readonly layer: 'gateway'; readonly gatewayId: string }
  | { readonly layer: 'port'; readonly gatewayId: string; readonly position: number };

/** A place as one text; two places are the same where their texts are. */
export function placeKey(place: EntryPlace): string {
  switch (place.layer) {
    case 'operator':
      return 'operator';
    case 'customer':
      return `customer:${place.customerId.toLowerCase()}`;
    case 'site':
      return `site:${place.siteId.toLowerCase()}`;
    case 'gateway-model':
      return `gateway-model:${JSON.stringify([place.vendor, place.model])}`;
    case 'gateway':
      return `gateway:${place.gatewayId.toLowerCase()}`;
    case 'port':
      return `port:${place.gatewayId.toLowerCase()}/${place.position}`;
  }
}

/**
 * Whether a place decides for more than single gateways of one site: for all of the operator, or all of a model. Only who
 * works for the whole operator changes it.
 */
export const isOperatorWide = (layer: EditableSettingLayer): boolean =>
  layer === 'operator' || layer === 'gateway-model';
