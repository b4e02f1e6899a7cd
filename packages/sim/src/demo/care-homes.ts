import { free, line, lines, MINUTE, type DemoCustomer } from './lines.ts';

/** Two care homes in England, with call points and alarms. */
export const careHomes: DemoCustomer = {
  name: 'Hawthorn Care Homes',
  sites: [
    {
      name: 'Hawthorn Lodge, Bristol',
      timeZone: 'Europe/London',
      addressLines: ['Hawthorn Lodge', '14 Cotham Grove', 'Bristol BS6 0AA', 'United Kingdom'],
      latitude: 51.4665,
      longitude: -2.5957,
      emergencyLocation: 'Ground floor comms cupboard, behind reception, Hawthorn Lodge, 14 Cotham Grove',
      gateways: [
        {
          name: 'lodge-mp118',
          driver: 'audiocodes',
          model: 'MP-118',
          // The last firmware that measures: voltage and current of its first line.
          firmware: '6.20A.038.002',
          serial: '4810231',
          macAddress: '00:90:8f:49:65:97',
          access: {
            version: 'v3',
            user: 'loopstart',
            level: 'authPriv',
            authProtocol: 'sha1',
            authPassphrase: 'demo-auth-lodge',
            privProtocol: 'aes128',
            privPassphrase: 'demo-priv-lodge',
          },
          ports: [
            line('Reception', '200'),
            line('Reception fax', '201', 'fax'),
            line('Fire alarm panel', '202', 'alarm-panel'),
            line('Lift car 1', '203', 'lift-phone'),
            line('Front door entry', '204', 'door-entry'),
            line('Nurse station, ground floor', '205'),
            line('Medication room', '206'),
            free,
          ],
          // On a timetable: a warm cabinet in the afternoon of the demo.
          faults: [{ kind: 'over-temperature', port: 7, afterMs: 4 * MINUTE, forMs: 3 * MINUTE, everyMs: 20 * MINUTE }],
        },
        {
          name: 'lodge-4108',
          driver: 'mediatrix-dgw',
          model: 'Mediatrix 4108',
          serial: '90310077',
          macAddress: '00:90:f8:0a:11:07',
          access: { version: 'v2c', community: 'demo-lodge', writeCommunity: 'demo-lodge-write' },
          ports: [...lines('Room', 6, 211), line('Quiet lounge', '217'), line('Night bell', '218', 'paging')],
          faults: [
            { kind: 'registration-rejected', port: 3, afterMs: 2 * MINUTE, forMs: 4 * MINUTE, everyMs: 15 * MINUTE },
          ],
        },
      ],
    },
    {
      name: 'Beech Court, Leeds',
      timeZone: 'Europe/London',
      addressLines: ['Beech Court', '3 Roundhay View', 'Leeds LS8 0AA', 'United Kingdom'],
      latitude: 53.8271,
      longitude: -1.5023,
      emergencyLocation: 'First floor office, Beech Court, 3 Roundhay View; key safe beside the front door',
      gateways: [
        {
          name: 'beech-ht814',
          driver: 'grandstream-ht',
          model: 'HT814',
          macAddress: '00:0b:82:b1:42:08',
          access: { version: 'v2c', community: 'demo-beech' },
          ports: [
            line('Manager', '300'),
            line('Office fax', '302', 'fax'),
            line('Warden call panel', '303', 'alarm-panel'),
            line('Lift car 1', '304', 'lift-phone'),
          ],
        },
        {
          name: 'beech-vega50',
          driver: 'sangoma-vega',
          model: 'Vega 50',
          serial: '005058100417',
          macAddress: '00:50:58:10:04:17',
          access: { version: 'v2c', community: 'demo-beech' },
          ports: [...lines('Flat', 6, 311), line('Hairdresser', '317'), free],
        },
      ],
    },
  ],
};
