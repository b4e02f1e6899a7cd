/** The names of a DGW unit that concern voice, with their factory values. */

/** Of these services the values act after a restart of the service, as `Scm.RestartRequiredServices` does. */
const RESTARTED: ReadonlySet<string> = new Set(['SipEp', 'Mipt', 'TelIf', 'Pots', 'Snmp']);

export const waitsForRestart = (key: string): boolean => RESTARTED.has(key.split('.')[0] ?? '');

export const SCALARS: Readonly<Record<string, string>> = {
  'SipEp.DefaultStaticRegistrarServerHost': '',
  'SipEp.DefaultStaticProxyHomeDomainHost': '',
  'SipEp.DefaultStaticProxyOutboundHost': '0.0.0.0:0',
  'SipEp.DefaultRegistrationRefreshTime': '60',
  'SipEp.DefaultRegistrationExpirationValue': '0',
  'SipEp.DefaultRegistrationUnregisteredBehavior': 'DisablePort',
  'SipEp.SipKeepAliveMethod': 'None',
  'SipEp.SipKeepAliveInterval': '30',
  'SipEp.SipKeepAliveDestination': 'FirstSipDestination',
  'SipEp.BehaviorOnInitialRegistrationReception': 'NoRegistration',
  'EpServ.DtmfMapTimeoutFirstDtmf': '20000',
  'EpServ.DtmfMapTimeoutInterDtmf': '4000',
  'EpServ.DtmfMapTimeoutCompletion': '60000',
  'EpServ.DefaultAutoCallEnable': 'Disable',
  'EpServ.DefaultAutoCallTargetAddress': '',
  'EpServ.DefaultDelayedHotlineEnable': 'Disable',
  'EpServ.DefaultDelayedHotlineTargetAddress': '',
  'EpServ.DefaultCallWaitingEnable': 'Enable',
  'EpServ.DefaultHoldEnable': 'Enable',
  'EpServ.DefaultCallHookFlashProcessing': 'ProcessLocally',
  'EpAdm.UnitDisabledWhenNoGatewayReadyEnable': 'Disable',
  'EpAdm.EndpointAutomaticShutdownEnable': 'Disable',
  'Mipt.DefaultSecurityRtpMode': 'Unsecure',
  'Mipt.DefaultDtmfTransportMethod': 'OutOfBandUsingRtp',
  'TelIf.CountrySelection': 'NorthAmerica1',
  'Pots.CallerIdCustomization': 'Country',
  'Pots.CallerIdTransmission': 'FirstRing',
  'Pots.FxsLineSupervisionMode': 'DropOnDisconnect',
  'Pots.FxsPowerDropOnDisconnectDuration': '1000',
  'Pots.FxsDisconnectDelay': '0',
  'Hoc.StaticSntpServerHost': '',
  'Hoc.StaticTimeZone': 'EST5DST4,M4.1.0/02:00:00,M10.5.0/02:00:00',
  'Nlm.SyslogRemoteHost': '',
  'Snmp.Community': 'public',
  'Conf.ScriptGenericFileName': '',
  'Conf.ScriptSpecificFileName': '%mac%.cfg',
  'Conf.ScriptsLocation': '',
  'Conf.ScriptsTransferProtocol': 'Tftp',
  'Conf.ScriptsTransferSrvHostname': '0.0.0.0:0',
  'Conf.ScriptsTransferUsername': '',
  'Conf.ScriptsTransferPassword': '',
  'Conf.ScriptsTransferOnRestartEnable': 'Disable',
  'Conf.ScriptsAllowRepeatedExecution': 'Disable',
  'Conf.ScriptExportContent': 'ModifiedConfig',
  'Conf.ScriptExportUrl': '',
  'Conf.ScriptExportServiceName': '',
};

export interface DgwTable {
  readonly key: string;
  readonly columns: Readonly<Record<string, string>>;
  /** Whether its rows are the endpoints; others are made by setting a cell. */
  readonly perEndpoint: boolean;
}

const perEndpoint = (columns: Readonly<Record<string, string>>): DgwTable => ({
  key: 'EpId',
  columns,
  perEndpoint: true,
});
const byIndex = (columns: Readonly<Record<string, string>>): DgwTable => ({
  key: 'Index',
  columns,
  perEndpoint: false,
});

export const TABLES: Readonly<Record<string, DgwTable>> = {
  'SipEp.UserAgent': perEndpoint({ Username: '', FriendlyName: '', Register: 'Enable', GatewayName: 'all' }),
  'SipEp.Authentication': byIndex({
    ApplyTo: 'Unit',
    EpId: '',
    GatewayName: '',
    ValidateRealm: 'Enable',
    Realm: '',
    Username: '',
    Password: '',
  }),
  'EpAdm.Endpoint': perEndpoint({ InitialAdminStateConfig: 'Unlocked' }),
  'EpServ.CallDtmfMapAllowed': byIndex({
    Enable: 'Disable',
    ApplyTo: 'Unit',
    EpId: '',
    DtmfMap: '',
    DtmfTransformation: 'x',
    TargetHost: '',
    Emergency: 'Disable',
  }),
  'EpServ.CallDtmfMapRefuse': byIndex({ Enable: 'Disable', ApplyTo: 'Unit', EpId: '', DtmfMap: '' }),
  'EpServ.EpSpecificAutoCall': perEndpoint({ EnableConfig: 'Disable', Enable: 'Disable', TargetAddress: '' }),
  'EpServ.EpSpecificCallWaiting': perEndpoint({ EnableConfig: 'Disable', Enable: 'Enable' }),
  'Pots.FxsCallerId': perEndpoint({ Activation: 'Enable' }),
  'Mipt.DefaultCodecG711Alaw': byIndex({ VoiceEnable: 'Enable', VoicePriority: '1' }),
};

/** Longest value of a cell or scalar, and of a DTMF map. */
export const lengthMax = (key: string): number => (key.endsWith('.DtmfMap') ? 127 : 255);

/** Factory values for units with these endpoints. */
export function factoryValues(endpoints: readonly string[]): Map<string, string> {
  const all = new Map(Object.entries(SCALARS));
  for (const [name, table] of Object.entries(TABLES)) {
    if (!table.perEndpoint) continue;
    for (const endpoint of endpoints) {
      for (const [column, value] of Object.entries(table.columns))
        all.set(`${name}[EpId=${endpoint}].${column}`, value);
    }
  }
  return all;
}
