import type { PORT_STATE_FIELDS, PortCounter, PortMeasure, PortStateField } from '@loopstart/domain';

export type StateWord<F extends PortStateField> = (typeof PORT_STATE_FIELDS)[F][number];
/** The state of one port in words; null is unknown. */
export type PortWords = { [F in PortStateField]: StateWord<F> | null };
/** Every field of a port in a poll. */
export type PortField = PortStateField | PortMeasure | PortCounter;
export type FieldValue<F extends PortField> = F extends PortStateField ? StateWord<F> : number;
