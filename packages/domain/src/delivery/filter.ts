/** The incidents that a channel receives; an absent list matches all. */
export interface ChannelFilter {
  severities?: readonly string[] | undefined;
  kinds?: readonly string[] | undefined;
  customerIds?: readonly string[] | undefined;
  lineDeviceClasses?: readonly string[] | undefined;
}

/** The filtered fields; null is unknown, which no list matches. */
export interface Filterable {
  severity: string | null;
  kind: string | null;
  customerId: string | null;
  lineDeviceClass: string | null;
}

/** Whether every list of the filter matches the message. */
export function filterTakes(filter: ChannelFilter, message: Filterable): boolean {
  return (
    takes(filter.severities, message.severity) &&
    takes(filter.kinds, message.kind) &&
    takes(filter.customerIds, message.customerId) &&
    takes(filter.lineDeviceClasses, message.lineDeviceClass)
  );
}

function takes(list: readonly string[] | undefined, value: string | null): boolean {
  return list === undefined || (value !== null && list.includes(value));
}
