import type { ConfigChange } from '@loopstart/contracts';
import type { ConfigBenchOptions } from '../../src/testing/config-bench.ts';

/** A change as the bench tries it, and whether the gateway works with it. */
export interface TriedChange {
  readonly works: boolean;
  /** From the unit's own settings. */
  changes(settings: Readonly<Record<string, string>>): ConfigChange[];
}

/** A simulated unit of one vendor, and the changes that are tried on it. */
export interface BenchUnit {
  readonly name: string;
  readonly options: ConfigBenchOptions;
  /** It reports no registration, so a person accepts its read-back as the proof. */
  readonly acceptsReadBack: boolean;
  readonly tried: Readonly<Record<string, TriedChange>>;
  /** The unit's own name and text of a setting that a change names. */
  own(key: string, value: string): readonly [key: string, value: string];
}

const set = (key: string, value: string): ConfigChange => ({ kind: 'set', key, value });
const SERVERS = ['sip.example.net', 'new.example.net'] as const;
const otherServer = (is: string | undefined) => (is?.includes(SERVERS[0]) === true ? SERVERS[1] : SERVERS[0]);
const ACCOUNTS = ['2001', '2002', '2003', '2004'].map((user) => ({ user, password: `secret-${user}` }));
const WITNESS = {
  name: 'witness',
  driver: 'grandstream-ht',
  model: 'HT802',
  macAddress: '00:0b:82:00:00:02',
  ports: [{}, {}],
};
/** Enough telephoning that changes find lines in use. */
const PACE = 2;
const site = { accounts: ACCOUNTS, witness: WITNESS, pace: PACE };
const toggled = (text: string) => (text.endsWith('x') ? text.slice(0, -1) : `${text}x`);

const MAC = '000b82000001';
const grandstreamFile = (values: Readonly<Record<string, string>>) =>
  `<gs_provision version="1"><mac>${MAC}</mac><config version="1">${Object.entries(values)
    .map(([key, value]) => `<${key}>${value}</${key}>`)
    .join('')}</config></gs_provision>`;

/** It fetches a file after SIP NOTIFY, and reports its registrations. */
const GRANDSTREAM: BenchUnit = {
  name: 'Grandstream HT802, file and NOTIFY',
  acceptsReadBack: false,
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
    'a key that is not there': { works: false, changes: () => [set('P98765', '1')] },
  },
};

/** Lines typed by SSH, under the unit's own timer. */
const IOS: BenchUnit = {
  name: 'Cisco VG202, lines by SSH',
  acceptsReadBack: true,
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

/** An incremental file by HTTP PUT. */
const MEDIANT: BenchUnit = {
  name: 'AudioCodes Mediant 500, file by HTTP PUT',
  acceptsReadBack: true,
  options: {
    ...site,
    gateway: {
      name: 'unit',
      driver: 'audiocodes',
      model: 'Mediant 500 E-SBC',
      serial: '5551234',
      firmware: '7.40A.005',
      ports: [{}, {}, {}, {}],
    },
    initial: () =>
      [
        'IsRegisterNeeded = 1',
        `RegistrarIP = '${SERVERS[0]}'`,
        'RegistrationTime = 240',
        'AuthenticationMode = 0',
        '[ TrunkGroup ]',
        'FORMAT Index = TrunkGroupNum, FirstTrunkId, LastTrunkId, FirstBChannel, LastBChannel, FirstPhoneNumber, ProfileName, Module;',
        'TrunkGroup 0 = 1, 255, 255, 1, 4, "2001", "", 255;',
        '[ \\TrunkGroup ]',
        '[ Authentication ]',
        'FORMAT Index = UserId, UserPassword, Module, Port, PortType;',
        ...ACCOUNTS.map(
          ({ user, password }, at) => `Authentication ${at} = "${user}", "${password}", 0, ${at + 1}, 1;`,
        ),
        '[ \\Authentication ]',
        '',
      ].join('\r\n'),
  },
  // The format folds names to lower case.
  own: (key, value) => [{ registrarip: 'RegistrarIP', registrationtime: 'RegistrationTime' }[key] ?? key, value],
  tried: {
    'another registrar': {
      works: true,
      changes: (settings) => [set('registrarip', otherServer(settings['RegistrarIP']))],
    },
    'a name that it does not know': {
      works: false,
      changes: () => [set('registraripp', SERVERS[1])],
    },
    'another time of registrations': {
      works: true,
      changes: (settings) => [set('registrationtime', settings['RegistrationTime'] === '240' ? '300' : '240')],
    },
    'a time that it does not take': { works: false, changes: () => [set('registrationtime', 'soon')] },
  },
};

export const UNITS: readonly BenchUnit[] = [GRANDSTREAM, IOS, MEDIANT];
