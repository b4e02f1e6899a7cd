import { type BenchUnit, otherServer, SERVERS, set, site, toggled } from './bench-unit.ts';

/** Lines typed by SSH, under the unit's own timer. */
export const IOS: BenchUnit = {
  name: 'Cisco VG202, lines by SSH',
  acceptsReadBack: true,
  overrideReason: null,
  options: {
    ...site,
    gateway: { name: 'unit', driver: 'cisco-ios', model: 'VG202', serial: 'FGL1234000A', ports: [{}, {}] },
    initial: () =>
      [
        'hostname gw1',
        ...[0, 1].flatMap((at) => [`voice-port 0/${at}`, ` station-id name Desk${at}`, ' cptone GB']),
        ...[0, 1].flatMap((at) => [
          `dial-peer voice ${at + 1} pots`,
          ` destination-pattern 200${at + 1}`,
          ` port 0/${at}`,
          ` authentication username 200${at + 1} password 0 secret-200${at + 1}`,
        ]),
        'sip-ua',
        ` registrar dns:${SERVERS[0]} expires 3600`,
        'end',
        '',
      ].join('\n'),
  },
  own: (key, value) => [key, value],
  tried: {
    'another registrar': {
      works: true,
      changes: (settings) => [
        set('sip-ua > registrar', `dns:${otherServer(settings['sip-ua > registrar'])} expires 3600`),
      ],
    },
    'other names': {
      works: true,
      changes: (settings) =>
        [0, 1].map((at) => {
          const key = `voice-port 0/${at} > station-id name`;
          return set(key, toggled(settings[key] ?? ''));
        }),
    },
    'a line that it does not know': {
      works: false,
      changes: (settings) => [
        set('voice-port 0/0 > station-id name', toggled(settings['voice-port 0/0 > station-id name'] ?? '')),
        set('voice-port 0/1 > impedance', 'complex99'),
      ],
    },
  },
};
