/** The parameters of an AudioCodes unit with analogue ports. */

export interface IniParameter {
  readonly name: string;
  readonly value: string;
  readonly kind: 'number' | 'text' | 'secret';
  /** Longest text that is taken. */
  readonly most: number;
  /** Acts after a reset only. */
  readonly offline: boolean;
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
