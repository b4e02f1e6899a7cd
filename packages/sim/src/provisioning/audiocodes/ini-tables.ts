/** The tables of an AudioCodes unit with analogue ports. */
export interface IniTable {
  readonly name: string;
  /** Columns with their defaults, without prefix, in the order in which the unit writes them. */
  readonly columns: ReadonlyMap<string, string>;
  readonly secret: ReadonlySet<string>;
}

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
    ['MeteringCode', '255'],
    ['DestPort', '0'],
    ['SrcIPGroupID', '-1'],
    ['DestHostPrefix', ''],
    ['DestIPGroupID', '-1'],
    ['SrcHostPrefix', ''],
    ['TransportType', '-1'],
    ['SrcTrunkGroupID', '-1'],
    ['DestSRD', '-1'],
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
    ['SRD', '0'],
    ['ClassificationInput', '0'],
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

/** Tables that have other columns in 7.x. */
const MODERN_TABLES: typeof TABLES = {
  TrunkGroup: [
    ['TrunkGroupNum', '0'],
    ['FirstTrunkId', '255'],
    ['FirstBChannel', '1'],
    ['LastBChannel', '1'],
    ['FirstPhoneNumber', ''],
    ['ProfileName', ''],
    ['LastTrunkId', '255'],
    ['Module', '255'],
  ],
  PREFIX: [
    ['RouteName', ''],
    ['DestinationPrefix', '*'],
    ['DestAddress', ''],
    ['SourcePrefix', '*'],
    ['ProfileName', ''],
    ['MeteringCodeName', ''],
    ['DestPort', '0'],
    ['DestIPGroupName', ''],
    ['TransportType', '-1'],
    ['SrcTrunkGroupID', '-1'],
    ['DestSIPInterfaceName', ''],
    ['CostGroup', ''],
    ['ForkingGroup', '-1'],
    ['CallSetupRulesSetId', '-1'],
    ['ConnectivityStatus', ''],
  ],
  ProxyIp: [
    ['ProxySetId', '0'],
    ['ProxyIpIndex', '0'],
    ['IpAddress', ''],
    ['TransportType', '-1'],
  ],
  ProxySet: [
    ['ProxyName', ''],
    ['EnableProxyKeepAlive', '0'],
    ['ProxyKeepAliveTime', '60'],
    ['ProxyLoadBalancingMethod', '0'],
    ['IsProxyHotSwap', '0'],
    ['SRDName', ''],
    ['ClassificationInput', '0'],
    ['TLSContextName', ''],
    ['ProxyRedundancyMode', '-1'],
    ['DNSResolveMethod', '-1'],
    ['KeepAliveFailureResp', ''],
    ...['GWIPv4', 'SBCIPv4', 'SASIPv4', 'GWIPv6', 'SBCIPv6', 'SASIPv6'].map((kind): [string, string] => [
      `${kind}SIPInterfaceName`,
      '',
    ]),
  ],
  CodersGroup0: [...(TABLES['CodersGroup0'] ?? []), ['CoderSpecific', '']],
};

function perPort(...columns: [string, string][]): [string, string][] {
  return [...columns, ['Module', '255'], ['Port', '255'], ['PortType', '255']];
}

/** All tables by their name in lower case; `modern` units (7.x) have other columns in some. */
export function iniTables(modern: boolean): ReadonlyMap<string, IniTable> {
  return new Map(
    Object.entries(modern ? { ...TABLES, ...MODERN_TABLES } : TABLES).map(([name, columns]) => [
      name.toLowerCase(),
      { name, columns: new Map(columns), secret: new Set(name === 'Authentication' ? ['UserPassword'] : []) },
    ]),
  );
}
