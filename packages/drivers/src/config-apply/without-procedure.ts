/**
 * Why gateways of a driver have no procedure, each as the end of a sentence. Every one names what would have to be shown
 * first: a change that cannot be read back, or that could reach another device, is not begun.
 */
export const WITHOUT_PROCEDURE: Readonly<Record<string, string>> = {
  'cisco-spa':
    'it names its MAC address and serial number only in the User-Agent with which it fetches a profile, so nothing recognises it before a login is sent to its web page',
  'mediatrix-dgw':
    'no way is documented to read what runs without changing a setting: its export is started by settings of its own, and that its command line shows values was seen nowhere',
  'mediatrix-sip': 'no configuration file of this firmware was seen',
  'eltex-tau': 'no configuration file of it was seen, and none of its writable SNMP rows was proven on a unit',
  'eltex-tau-small': 'no configuration file of it was seen, and none of its writable SNMP rows was proven on a unit',
  'patton-smartnode': 'only SmartWare units with FXS ports alone were seen; the commands of Trinity are others',
  'cisco-ios': 'its model is not known',
};

/** Why a model cannot be changed on its site; for a model that `configProcedure` knows it says nothing. */
export function whyNoProcedure(driverId: string): string {
  return WITHOUT_PROCEDURE[driverId] ?? 'no unit and no manual that shows it was seen';
}
