import { ACCOUNTS, type BenchUnit, otherServer, SERVERS, set, site } from './bench-unit.ts';

/** An incremental file by HTTP PUT. */
export const MEDIANT: BenchUnit = {
  name: 'AudioCodes Mediant 500, file by HTTP PUT',
  acceptsReadBack: true,
  // It shows a line that is off hook, and not one that rings.
  overrideReason: 'Nobody is called at this time.',
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
    'another time of registrations': {
      works: true,
      changes: (settings) => [set('registrationtime', settings['RegistrationTime'] === '240' ? '300' : '240')],
    },
    'a time that it does not take': { works: false, changes: () => [set('registrationtime', 'soon')] },
  },
};
