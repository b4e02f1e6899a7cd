import {
  type CapabilityField,
  GATEWAY_MEASURE_NAMES,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
} from '@loopstart/domain';

/** The rows of the matrix, in groups as people think of them. */
export const FIELD_GROUPS: readonly { title: string; fields: readonly CapabilityField[] }[] = [
  { title: 'State of a port', fields: PORT_STATE_FIELD_NAMES },
  { title: 'Measured at a port', fields: PORT_MEASURE_NAMES },
  { title: 'Counted at a port', fields: PORT_COUNTER_NAMES },
  { title: 'Of the whole gateway', fields: GATEWAY_MEASURE_NAMES },
];

/** What a driver claims of a field. Of one unit the same states say something else: there it did or did not answer. */
export const DRIVER_CAPABILITY_WORDS: Record<string, string> = {
  measured: 'Read',
  unproven: 'In the MIB, not proven',
  'not-supported': 'Not supported',
};
