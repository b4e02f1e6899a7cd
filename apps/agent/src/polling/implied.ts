import type { PortInfo, StateColumns } from '@loopstart/contracts';
import { PORT_STATE_FIELD_NAMES, PORT_STATE_FIELDS, toCode } from '@loopstart/domain';
import type { NotificationReading } from '@loopstart/drivers';

/** One cell of a state column: the place of a port, the field, and its new code. */
export interface ImpliedCell {
  at: number;
  field: keyof StateColumns;
  code: number | null;
}

/** The port states in a notification, as cells in the port order of the inventory. */
export function impliedCells(implies: NotificationReading['implies'], ports: readonly PortInfo[]): ImpliedCell[] {
  return implies.flatMap((implied) => {
    const at = ports.findIndex((port) => port.position === implied.position);
    if (at < 0) return [];
    return PORT_STATE_FIELD_NAMES.flatMap((field) => {
      const word = implied[field];
      if (word === undefined) return [];
      return [{ at, field, code: toCode<string>(PORT_STATE_FIELDS[field], word) }];
    });
  });
}
