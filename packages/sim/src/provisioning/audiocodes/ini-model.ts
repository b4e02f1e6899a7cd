/** The parameters and tables of an AudioCodes unit with analogue ports. */

export interface IniParameter {
  readonly name: string;
  readonly value: string;
  readonly kind: 'number' | 'text' | 'secret';
  /** Longest text that is taken. */
  readonly most: number;
  /** Acts after a reset only. */
  readonly offline: boolean;
}

export interface IniTable {
  readonly name: string;
  /** Columns with their defaults, without prefix, in the order in which the unit writes them. */
  readonly columns: ReadonlyMap<string, string>;
  readonly secret: ReadonlySet<string>;
}

const numbers: Readonly<Record<string, number>> = {
  IsProxyUsed: 0,
  IsRegisterNeeded: 0,
  RegistrationTime: 180,
  AuthenticationMode: 0,
  IsProxyHotSwap: 0,
  ProxyRedundancyMode: 0,
  SIPTransportType: 0,
  LocalSIPPort: 5060,
  EnableMediaSecurity: 0,
  ProxyKeepAliveTime: 60,
  EnableEarlyMedia: 0,
  IsFaxUsed: 0,
  FaxTransportMode: 1,
  DetFaxOnAnswerTone: 0,
  V22ModemTransportType: 2,
  V23ModemTransportType: 2,
  V32ModemTransportType: 2,
  V34ModemTransportType: 2,
  RFC2833TxPayloadType: 96,
  FirstTxDTMFOption: 4,
  SecondTxDTMFOption: -1,
  EnableCallerID: 0,
  EnableReversalPolarity: 0,
  EnableCurrentDisconnect: 0,
  FlashHookPeriod: 700,
  MinFlashHookTime: 300,
  HookFlashOption: 0,
  TimeForReorderTone: 255,
  WarningToneDuration: 600,
  EnableCallWaiting: 1,
  InputGain: 32,
  VoiceVolume: 32,
  FXSOOSBehavior: 1,
  MaxDigits: 30,
  TimeBetweenDigits: 4,
  DialPlanIndex: -1,
  NTPServerUTCOffset: 0,
  NTPUpdateInterval: 86_400,
  EnableSyslog: 0,
  GWDebugLevel: 0,
  AUPDCheckIfIniChanged: 0,
  AUPDVerifyCertificates: 0,
  AUPDResetURLOnWebConfig: 0,
  EnableSIPRemoteReset: 0,
  AdminStateLockControl: 0,
};
const offlineNumbers: Readonly<Record<string, number>> = {
  PCMLawSelect: 3,
  CallerIDType: 0,
  BellcoreCallerIDTypeOneSubStandard: 0,
  ETSICallerIDTypeOneSubStandard: 0,
  AnalogCallerIDTimingMode: 0,
  PolarityReversalType: 0,
  CurrentDisconnectDuration: 900,
  WinkTime: 200,
  EnablePulseDialDetection: 0,
  AutoUpdateFrequency: 0,
};
const texts: Readonly<Record<string, string>> = {
  RegistrarIP: '',
  RegistrarName: '',
  ProxyName: '',
  SIPGatewayName: '',
  UserName: '',
  NTPServerIP: '0.0.0.0',
  SyslogServerIP: '0.0.0.0',
  DNSPriServerIP: '0.0.0.0',
  AutoUpdatePredefinedTime: '',
  AUPDDigestUsername: '',
  INIFileVersion: '0',
  CallProgressTonesFilename: '',
};

const TABLES: Readonly<Record<string, readonly [column: string, standard: string][]>> = {
  TrunkGroup: [
    ['TrunkGroupNum', '0'],
    ['FirstTrunkId', '255'],
    ['FirstBChannel', '1'],
    ['LastBChannel', '1'],
    ['FirstPhoneNumber', ''],
    ['ProfileId', '0'],
    ['LastTrunkId', '255'],
    ['Module', '255'],
  ],
  PREFIX: [
    ['DestinationPrefix', '*'],
    ['DestAddress', ''],
    ['SourcePrefix', '*'],
    ['ProfileId', '0'],
  ],
  ProxyIp: [
    ['IpAddress', ''],
    ['TransportType', '-1'],
    ['ProxySetId', '0'],
  ],
  ProxySet: [
    ['EnableProxyKeepAlive', '0'],
    ['ProxyKeepAliveTime', '60'],
    ['ProxyLoadBalancingMethod', '0'],
    ['IsProxyHotSwap', '0'],
    ['ProxyRedundancyMode', '-1'],
  ],
  CodersGroup0: [
    ['Name', 'g711Alaw64k'],
    ['pTime', '20'],
    ['rate', '255'],
    ['PayloadType', '-1'],
    ['Sce', '0'],
  ],
  TxDtmfOption: [['Type', '4']],
  Authentication: [
    ['UserId', ''],
    ['UserPassword', ''],
    ['Module', '255'],
    ['Port', '255'],
    ['PortType', '255'],
  ],
  EnableCallerId: perPort(['IsEnabled', '0']),
  CallWaitingPerPort: perPort(['IsEnabled', '1']),
  CallerDisplayInfo: perPort(['DisplayString', ''], ['IsCidRestricted', '0']),
  TargetOfChannel: perPort(['Destination', ''], ['Type', '0'], ['HotLineToneDuration', '16']),
};

function perPort(...columns: [string, string][]): [string, string][] {
  return [...columns, ['Module', '255'], ['Port', '255'], ['PortType', '255']];
}

/** All parameters by their name in lower case. `modern` units (7.x) have another name for the line coefficients. */
export function iniParameters(modern: boolean): ReadonlyMap<string, IniParameter> {
  const all: IniParameter[] = [
    ...Object.entries(numbers).map(([name, value]) => of(name, String(value), 'number')),
    ...Object.entries({ ...offlineNumbers, [modern ? 'FXSCountryCoefficients' : 'CountryCoefficients']: 70 }).map(
      ([name, value]) => of(name, String(value), 'number', 32, true),
    ),
    ...Object.entries(texts).map(([name, value]) => of(name, value, 'text', 128)),
    of('DigitMapping', '', 'text', 152),
    of('IniFileURL', '', 'text', 255, true),
    of('CmpFileURL', '', 'text', 255, true),
    of('Password', '', 'secret', 64),
    of('AUPDDigestPassword', '', 'secret', 64),
  ];
  return new Map(all.map((one) => [one.name.toLowerCase(), one]));
}

function of(name: string, value: string, kind: IniParameter['kind'], most = 32, offline = false): IniParameter {
  return { name, value, kind, most, offline };
}

/** All tables by their name in lower case. */
export const INI_TABLES: ReadonlyMap<string, IniTable> = new Map(
  Object.entries(TABLES).map(([name, columns]) => [
    name.toLowerCase(),
    { name, columns: new Map(columns), secret: new Set(name === 'Authentication' ? ['UserPassword'] : []) },
  ]),
);
