import { free, line, lines, MINUTE, type DemoCustomer } from './lines.ts';

/** Hotels and a dental practice in New South Wales. */
export const harbourGroup: DemoCustomer = {
  name: 'Harbour Group',
  sites: [
    {
      name: 'Harbour Hotel, Sydney',
      timeZone: 'Australia/Sydney',
      addressLines: ['Harbour Hotel', '88 Wharf Terrace', 'Sydney NSW 2000', 'Australia'],
      latitude: -33.8615,
      longitude: 151.2055,
      emergencyLocation: 'Basement 1, telephone room 3, Harbour Hotel, 88 Wharf Terrace; concierge meets the crew',
      gateways: [
        {
          name: 'hotel-tau36',
          driver: 'eltex-tau',
          model: 'TAU-36.IP',
          serial: 'VI24001877',
          macAddress: 'a8:f9:4b:02:24:01',
          access: { version: 'v2c', community: 'demo-hotel', writeCommunity: 'demo-hotel-write' },
          ports: [...lines('Room', 34, 1101, 'phone', 101), line('Lift car 2', '1191', 'lift-phone')],
        },
        {
          name: 'hotel-4124',
          driver: 'mediatrix-dgw',
          model: 'Mediatrix 4124',
          serial: '90310424',
          macAddress: '00:90:f8:0a:41:24',
          access: { version: 'v2c', community: 'demo-hotel', writeCommunity: 'demo-hotel-write' },
          ports: [...lines('Room', 20, 1201, 'phone', 201), line('Spa', '1290'), line('Gym', '1291'), free, free],
          faults: [{ kind: 'hardware-failure', port: 4, afterMs: 3 * MINUTE, forMs: 5 * MINUTE, everyMs: 18 * MINUTE }],
        },
        {
          name: 'hotel-gxw4224',
          driver: 'grandstream-gxw',
          model: 'GXW4224',
          macAddress: '00:0b:82:7c:88:24',
          access: { version: 'v2c', community: 'demo-hotel' },
          ports: lines('Room', 24, 1301, 'phone', 301),
        },
        {
          name: 'hotel-mp118',
          driver: 'audiocodes',
          model: 'MP-118',
          serial: '4810988',
          macAddress: '00:90:8f:49:88:18',
          access: { version: 'v2c', community: 'demo-hotel', writeCommunity: 'demo-hotel-write' },
          ports: [
            line('Front desk', '1000'),
            line('Front desk fax', '1001', 'fax'),
            line('Fire alarm panel', '1002', 'alarm-panel'),
            line('Lift car 1', '1003', 'lift-phone'),
            line('Lobby paging', '1004', 'paging'),
            line('Service entrance', '1005', 'door-entry'),
            line('Bar card terminal', '1006', 'card-terminal'),
            line('Pool telephone', '1007'),
          ],
          // The only fault without an end: a receiver left beside the pool.
          faults: [{ kind: 'receiver-off-hook', port: 8 }],
        },
      ],
    },
    {
      name: 'Harbour Hotel, Newcastle',
      timeZone: 'Australia/Sydney',
      addressLines: ['Harbour Hotel Newcastle', '9 Signal Parade', 'Newcastle NSW 2300', 'Australia'],
      latitude: -32.9272,
      longitude: 151.7842,
      emergencyLocation: 'Reception back office, ground floor, 9 Signal Parade',
      gateways: [
        {
          name: 'newcastle-tau36',
          driver: 'eltex-tau',
          model: 'TAU-36.IP',
          serial: 'VI24001902',
          macAddress: 'a8:f9:4b:02:24:02',
          access: { version: 'v2c', community: 'demo-newcastle', writeCommunity: 'demo-newcastle-write' },
          ports: [
            line('Front desk', '2000'),
            line('Front desk fax', '2001', 'fax'),
            line('Fire alarm panel', '2002', 'alarm-panel'),
            line('Lift car 1', '2003', 'lift-phone'),
            ...lines('Room', 28, 2101, 'phone', 101),
          ],
          faults: [{ kind: 'reboot', afterMs: 15 * MINUTE, forMs: 45_000, everyMs: 60 * MINUTE }],
        },
      ],
    },
    {
      name: 'Harbour Dental Practice, Manly',
      timeZone: 'Australia/Sydney',
      addressLines: ['Harbour Dental Practice', 'Level 1, 27 Ferry Street', 'Manly NSW 2095', 'Australia'],
      latitude: -33.7971,
      longitude: 151.2858,
      emergencyLocation: 'Level 1, sterilisation room, 27 Ferry Street; lift from the arcade',
      gateways: [
        {
          name: 'dental-ht814',
          driver: 'grandstream-ht',
          model: 'HT814',
          macAddress: '00:0b:82:b1:27:08',
          access: { version: 'v2c', community: 'demo-dental' },
          ports: [
            line('Reception', '10'),
            line('Practice fax', '13', 'fax'),
            line('Card terminal', '14', 'card-terminal'),
            line('Intruder alarm', '15', 'alarm-panel'),
          ],
          faults: [
            { kind: 'registration-rejected', port: 2, afterMs: 7 * MINUTE, forMs: 3 * MINUTE, everyMs: 22 * MINUTE },
          ],
        },
      ],
    },
  ],
};
