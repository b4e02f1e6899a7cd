import { type BenchUnit, otherServer, SERVERS, set, site, toggled } from './bench-unit.ts';

const MAC = '000b82000001';
const grandstreamFile = (values: Readonly<Record<string, string>>) =>
  `<gs_provision version="1"><mac>${MAC}</mac><config version="1">${Object.entries(values)
    .map(([key, value]) => `<${key}>${value}</${key}>`)
    .join('')}</config></gs_provision>`;

/** It fetches a file after SIP NOTIFY, and reports its registrations. */
export const GRANDSTREAM: BenchUnit = {
  name: 'Grandstream HT802, file and NOTIFY',
  acceptsReadBack: false,
  // It shows a line that is off hook, and not one that rings.
  overrideReason: 'Nobody is called at this time.',
  options: {
    ...site,
    gateway: {
      name: 'unit',
      driver: 'grandstream-ht',
      model: 'HT802',
      macAddress: '00:0b:82:00:00:01',
      ports: [{}, {}],
    },
    initial: (files) =>
      grandstreamFile({
        P47: SERVERS[0],
        P747: SERVERS[0],
        P3: 'Lobby',
        P35: '2001',
        P34: 'secret-2001',
        P735: '2002',
        P734: 'secret-2002',
        P237: `${files}/gs`,
        P4428: '0',
      }),
  },
  own: (key, value) => [key, value],
  tried: {
    'another registrar': {
      works: true,
      changes: ({ P47 }) => ['P47', 'P747'].map((key) => set(key, otherServer(P47))),
    },
    'another name': { works: true, changes: ({ P3 = '' }) => [set('P3', toggled(P3))] },
    'a wrong registrar': { works: false, changes: () => [set('P47', 'sip.exmaple.net')] },
    'a wrong password': {
      works: false,
      changes: ({ P34 }) => [
        { kind: 'set', key: 'P34', value: 'secret-9999', secret: true, former: P34 ?? '' },
        set('P3', 'Hall'),
      ],
    },
  },
};
