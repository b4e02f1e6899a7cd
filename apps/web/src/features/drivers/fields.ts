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
