/** Which incidents a channel hears of; an absent list takes all. */
export interface ChannelFilter {
  severities?: readonly string[] | undefined;
  kinds?: readonly string[] | undefined;
  customerIds?: readonly string[] | undefined;
  lineDeviceClasses?: readonly string[] | undefined;
}

/** What is filtered by; null is not known, which a list that asks for it does not take. */
export interface Filterable {
  severity: string | null;
  kind: string | null;
  customerId: string | null;
  lineDeviceClass: string | null;
}

/** Whether every list of the filter takes the message. */
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
