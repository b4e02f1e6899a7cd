import type { Field } from './field.ts';
import { GATEWAY_FIELDS } from './gateway-fields.ts';
import { LINE_FIELDS } from './line-fields.ts';
import { MEDIA_FIELDS } from './media-fields.ts';
import { PORT_FIELDS } from './port-fields.ts';
import { SIP_FIELDS } from './sip-fields.ts';
import type { ValueOf } from './value-type.ts';

/** Every setting of the telephony model, by its id. The part before the point is its group. */
export const TELEPHONY_FIELDS = {
  ...SIP_FIELDS,
  ...MEDIA_FIELDS,
  ...LINE_FIELDS,
  ...PORT_FIELDS,
  ...GATEWAY_FIELDS,
} as const;

export type FieldId = keyof typeof TELEPHONY_FIELDS;
export const TELEPHONY_FIELD_IDS = Object.keys(TELEPHONY_FIELDS) as FieldId[];

/** The value of a field. Null, where it is allowed: Loopstart leaves what the gateway has. */
export type FieldValue<F extends FieldId = FieldId> = ValueOf<(typeof TELEPHONY_FIELDS)[F]['type']>;

/** Values by field. A field that is absent is not managed: what the gateway has stays. */
export type Settings = { readonly [F in FieldId]?: FieldValue<F> };

export function fieldOf(id: FieldId): Field {
  return TELEPHONY_FIELDS[id];
}

export function isFieldId(id: string): id is FieldId {
  return Object.hasOwn(TELEPHONY_FIELDS, id);
}
