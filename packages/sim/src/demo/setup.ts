import type { SimGatewayInput } from '../fleet/spec.ts';
import { portKeysOf, PROFILES } from '../provisioning/grandstream/port-keys.ts';
import type { ProvisioningSpec, SipServiceSpec } from '../provisioning/spec.ts';
import { escapeXml } from '../provisioning/xml.ts';
import type { DemoGateway } from './lines.ts';

/** The SIP servers of the demo. Each accepts the account of every line: a customer can be moved to the second. */
export const DEMO_REGISTRARS = ['sip.demo.example', 'sip2.demo.example'] as const;
/** The administrator of every demo gateway that can be configured. */
export const DEMO_LOGIN = { user: 'admin', password: 'demo-admin-1' } as const;

/** Ports of the faces by which gateways of the demo are configured, each at the gateway's own address. */
export interface DemoFaces {
  readonly sshPort: number;
  readonly httpPort: number;
  readonly sipPort: number;
}

interface Account {
  readonly position: number;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

/** The password of a line's account: deployments do not change it, and nothing outside the demo uses it. */
const passwordOf = (number: string) => `demo-line-${number}`;

function accountsOf(ports: SimGatewayInput['ports']): Account[] {
  return (ports ?? []).flatMap(({ number, label = '' }, index) =>
    number === undefined ? [] : [{ position: index + 1, user: number, password: passwordOf(number), name: label }],
  );
}

/** Every account of the demo, which each of its registrars accepts. */
export function demoSipService(gateways: readonly DemoGateway[]): SipServiceSpec {
  const numbers = new Set(gateways.flatMap(({ ports }) => accountsOf(ports).map(({ user }) => user)));
  const accounts = [...numbers].map((user) => ({ user, password: passwordOf(user) }));
  return { registrars: DEMO_REGISTRARS.map((host) => ({ host, reachable: true, accounts })) };
}

/** P-values: the accounts, and where the unit looks for its configuration. */
function grandstream(model: string, accounts: readonly Account[], count: number, server: string): string {
  const keys = portKeysOf(model, count);
  const values: [key: string, value: string][] = [
    ['P2', DEMO_LOGIN.password],
    ['P212', '1'],
    ['P237', server],
    [PROFILES[0]!.server, DEMO_REGISTRARS[0]],
  ];
  for (const { position, user, password, name } of accounts) {
    const port = keys[position - 1]!;
    values.push([port.user, user], [port.authUser, user], [port.password, password], [port.name, name]);
    if (port.enabled !== null) values.push([port.enabled, '1']);
  }
  const lines = values.map(([key, value]) => `<${key}>${escapeXml(value)}</${key}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1"><config version="1">\n${lines.join('\n')}\n</config></gs_provision>\n`;
}

/** A full ini file of release 6: one trunk group row and one login for each line that has a number. */
function audioCodes(accounts: readonly Account[]): string {
  const groups = accounts.map(
    ({ position, user }, row) => `TrunkGroup ${row} = 1, 255, ${position}, ${position}, ${user}, 0, 255, 255;`,
  );
  const logins = accounts.map(
    ({ position, user, password }) => `Authentication ${position - 1} = ${user}, ${password}, 1, ${position}, 0;`,
  );
  return [
    'IsProxyUsed = 1',
    `ProxyName = '${DEMO_REGISTRARS[0]}'`,
    `RegistrarIP = '${DEMO_REGISTRARS[0]}'`,
    'IsRegisterNeeded = 1',
    'AuthenticationMode = 0',
    '[ TrunkGroup ]',
    'FORMAT TrunkGroup_Index = TrunkGroup_TrunkGroupNum, TrunkGroup_FirstTrunkId, TrunkGroup_FirstBChannel, TrunkGroup_LastBChannel, TrunkGroup_FirstPhoneNumber, TrunkGroup_ProfileId, TrunkGroup_LastTrunkId, TrunkGroup_Module;',
    ...groups,
    '[ \\TrunkGroup ]',
    '[ Authentication ]',
    'FORMAT Authentication_Index = Authentication_UserId, Authentication_UserPassword, Authentication_Module, Authentication_Port, Authentication_PortType;',
    ...logins,
    '[ \\Authentication ]',
    '',
  ].join('\r\n');
}

/** What a gateway of the demo was set up with by hand, in its own language; undefined: it cannot be configured here. */
export function demoProvisioning(
  { driver, model = '', ports = [] }: DemoGateway,
  faces: DemoFaces,
  configServer: string,
): ProvisioningSpec | undefined {
  const accounts = accountsOf(ports);
  const login = { username: DEMO_LOGIN.user, password: DEMO_LOGIN.password, ...faces };
  switch (driver) {
    case 'grandstream-ht':
    case 'grandstream-gxw':
      return { ...login, initial: grandstream(model, accounts, ports.length, configServer) };
    case 'audiocodes':
      return { ...login, initial: audioCodes(accounts) };
    default:
      return undefined;
  }
}
