import type { ConditionKind } from './kinds.ts';
import type { AlertPlace, ConditionKey } from './types.ts';

/** The key of a condition: stable for ever, never made from text. */
export function conditionKey(kind: ConditionKind, subject: { type: string; id: string }): ConditionKey {
  return `${kind}@${subject.id === '' ? subject.type : `${subject.type}:${subject.id}`}`;
}

/** Subject id of a port. */
export function portSubjectId(gatewayId: string, position: number): string {
  return `${gatewayId}/${position}`;
}

/**
 * What a gateway shares with others: the value part of a `shared` subject. Gateways of which the model is not known may
 * be of any, and share none.
 */
export function firmwareOf(gateway: { model: string | null; firmware: string | null }): string | null {
  return gateway.model === null || gateway.firmware === null ? null : `${gateway.model} ${gateway.firmware}`;
}

/**
 * What gateways that register with the same SIP server share: the value of a `shared` subject. Where the server is not
 * known, gateways of one customer are taken to share one, and many at once of several customers too.
 */
export const registrarId = {
  of: (registrar: string) => `registrar:${registrar}`,
  ofCustomer: (customerId: string) => `${UNKNOWN_OF_CUSTOMER}${customerId}`,
  unknown: 'registrar:',
};
const UNKNOWN_OF_CUSTOMER = 'registrar:customer/';

/** The SIP servers that a gateway can be taken to use, widest first. */
export function registrarIdsOf(registrar: string | null, customerId: string | null): string[] {
  if (registrar !== null) return [registrarId.of(registrar)];
  return customerId === null ? [registrarId.unknown] : [registrarId.unknown, registrarId.ofCustomer(customerId)];
}

export function isOfOneCustomer(sharedId: string): boolean {
  return sharedId.startsWith(UNKNOWN_OF_CUSTOMER);
}

/** Both say the same of every level. */
export function isSamePlace(a: AlertPlace, b: AlertPlace): boolean {
  return (
    a === b ||
    (a.gatewayId === b.gatewayId &&
      a.position === b.position &&
      a.agentId === b.agentId &&
      a.siteId === b.siteId &&
      a.customerId === b.customerId &&
      a.lineDeviceClass === b.lineDeviceClass)
  );
}
