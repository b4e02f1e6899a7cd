export { valueProblem } from './check-value.ts';
export { CHANGE_COSTS, type ChangeCost, type Field } from './field.ts';
export {
  TELEPHONY_FIELDS,
  TELEPHONY_FIELD_IDS,
  fieldOf,
  isFieldId,
  type FieldId,
  type FieldValue,
  type Settings,
} from './fields.ts';
export { CALLER_ID_STANDARDS } from './line-fields.ts';
export {
  CHARACTER_SETS,
  CODECS,
  type Codec,
  type CodecPreference,
  type Endpoint,
  type RingPulse,
  type ValueOf,
  type ValueType,
} from './value-type.ts';
