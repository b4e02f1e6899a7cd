/**
 * Private enterprise number under which the MIB is registered: 32473, which RFC 5612 sets aside for examples. An operator
 * with a number of their own sets it in the agent and makes the MIB text for it (`npm run mib -- --enterprise N`).
 */
export const DEFAULT_ENTERPRISE = 32_473;

/** Last sub-identifiers below the enterprise: the module, and its objects and conformance statements. */
export const MODULE_ARC = 1;
export const OBJECTS_ARC = 1;
export const CONFORMANCE_ARC = 2;

/** OID of the objects: `1.3.6.1.4.1.<enterprise>.1.1`. */
export const objectsOid = (enterprise: number): string => `1.3.6.1.4.1.${enterprise}.${MODULE_ARC}.${OBJECTS_ARC}`;
