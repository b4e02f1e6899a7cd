import { type BenchUnit, otherServer, SERVERS, set, site } from './bench-unit.ts';

const REGISTRAR = '.sip.profile.1.registrar.1.ipname';
const PASSWORD = '.sip.auth.user.1.password';
const WAITING = '.pots.port.1.call_waiting';
const PORTS = [1, 2] as const;

/** Commands by SSH, which act with `apply` and stay with `save`; it reports its registrations. */
export const VEGA: BenchUnit = {
  name: 'Sangoma Vega 50, commands by SSH',
  acceptsReadBack: false,
  // It reports the calls of the whole gateway alone, so that nobody telephones here.
  overrideReason: 'Nobody has a telephone on these lines yet.',
  options: {
    ...site,
    gateway: {
      name: 'unit',
      driver: 'sangoma-vega',
      model: 'Vega 50',
      macAddress: '00:0b:82:00:00:03',
      ports: Array.from({ length: 8 }, () => ({ device: 'unused' as const })),
    },
    initial: () =>
      [
        'set .sip.reg_enable="1"',
        'set .sip.profile.1.registrar.1.enable="1"',
        `set ${REGISTRAR}="${SERVERS[0]}"`,
        ...PORTS.flatMap((n) => [
          `set .pots.port.${n}.if.1.username="200${n}"`,
          `cp .sip.reg.user.${n}`,
          `set .sip.reg.user.${n}.enable="1"`,
          `set .sip.reg.user.${n}.username="200${n}"`,
          `set .sip.reg.user.${n}.auth_user_index="${n}"`,
          `cp .sip.auth.user.${n}`,
          `set .sip.auth.user.${n}.enable="1"`,
          `set .sip.auth.user.${n}.username="200${n}"`,
          `set .sip.auth.user.${n}.password="secret-200${n}"`,
        ]),
        'cp .',
      ].join('\n'),
  },
  own: (key, value) => [key, value],
  tried: {
    'another registrar': {
      works: true,
      changes: (settings) => [set(REGISTRAR, otherServer(settings[REGISTRAR]))],
    },
    'call waiting': {
      works: true,
      changes: (settings) => [set(WAITING, settings[WAITING] === 'on' ? 'off' : 'on')],
    },
    'a wrong registrar': { works: false, changes: () => [set(REGISTRAR, 'sip.exmaple.net')] },
    'a wrong password': {
      works: false,
      changes: (settings) => [
        { kind: 'set', key: PASSWORD, value: 'secret-9999', secret: true, former: settings[PASSWORD] ?? '' },
      ],
    },
  },
};
