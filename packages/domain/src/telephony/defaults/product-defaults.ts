import type { LineDeviceClass } from '../../line/vocabulary.ts';
import type { SettingEntry, SettingLayer } from '../layers/index.ts';
import type { FieldId, FieldValue } from '../model/index.ts';

/** Devices whose data a tone or a changed signal breaks. */
const DATA_DEVICES: readonly LineDeviceClass[] = ['alarm-panel', 'card-terminal', 'modem'];
/** Devices for which a second call on the line is only a disturbance. */
const UNATTENDED: readonly LineDeviceClass[] = [...DATA_DEVICES, 'fax', 'lift-phone', 'door-entry', 'paging'];

function entry<F extends FieldId>(field: F, deviceClass: LineDeviceClass, value: FieldValue<F>): SettingEntry {
  return { field, value, deviceClass, isSealed: false, author: null, at: null };
}

/**
 * What Loopstart sets for a class of line devices on lines that it gives an account, where nobody says otherwise, since the usual default of vendors breaks
 * it: a call-waiting tone ends a fax and confuses an alarm panel, a stutter tone keeps an autodialler waiting for dial
 * tone, and echo cancellation spoils a modem (ITU-T V.25, G.168).
 */
export const PRODUCT_DEFAULTS: SettingLayer = {
  kind: 'product-default',
  name: 'Loopstart',
  variables: {},
  entries: [
    ...UNATTENDED.map((device) => entry('line.callWaiting', device, false)),
    ...UNATTENDED.map((device) => entry('line.messageWaiting', device, 'none')),
    ...DATA_DEVICES.map((device) => entry('line.modem', device, 'pass-through')),
  ],
};
