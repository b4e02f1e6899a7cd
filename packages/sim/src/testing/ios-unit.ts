import { ProvisionedGateway } from './provisioned-gateway.ts';

const peer = (port: number, user: string) => `dial-peer voice ${user} pots
 destination-pattern ${user}
 port 0/${port}
 authentication username ${user} password 0 secret-${user}
!
`;
export const CONFIG = `hostname gw1
!
voice-port 0/0
 cptone GB
 station-id name Room 1
 caller-id enable
!
${peer(0, '2001')}${peer(1, '2002')}sip-ua
 registrar dns:sip.example.net expires 3600
!
end
`;
export const started = () => ProvisionedGateway.start({ driver: 'cisco-ios', model: 'VG202', initial: () => CONFIG });
export const EXEC = /gw1#$/;
export const MODE = /gw1\(config[^)]*\)#$/;

/** A shell without pages. */
export async function shellOf(it: ProvisionedGateway) {
  const shell = await it.ssh();
  await shell.until(EXEC);
  await shell.ask('terminal length 0', EXEC);
  return shell;
}
export const show = async (shell: Awaited<ReturnType<typeof shellOf>>) =>
  (await shell.ask('show running-config', EXEC)).replaceAll('\r', '').split('\n').slice(1, -1).join('\n');
