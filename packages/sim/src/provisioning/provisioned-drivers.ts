/** Drivers whose gateways have a provisioning face in the simulator. Eltex units take their settings by SNMP rows. */
export const PROVISIONED_DRIVERS: ReadonlySet<string> = new Set([
  'audiocodes',
  'cisco-ios',
  'cisco-spa',
  'grandstream-gxw',
  'grandstream-ht',
  'mediatrix-dgw',
  'patton-smartnode',
  'sangoma-vega',
]);
