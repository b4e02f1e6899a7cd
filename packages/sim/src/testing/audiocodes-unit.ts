import { ProvisionedGateway } from './provisioned-gateway.ts';

export const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');
export const ACCOUNTS = lines(
  '[ TrunkGroup ]',
  'FORMAT TrunkGroup_Index = TrunkGroup_FirstBChannel, TrunkGroup_LastBChannel, TrunkGroup_FirstPhoneNumber;',
  'TrunkGroup 0 = 1, 2, 2001;',
  '[ \\TrunkGroup ]',
  '[ Authentication ]',
  'FORMAT Authentication_Index = Authentication_UserId, Authentication_UserPassword;',
  'Authentication 0 = 2001, secret-2001;',
  'Authentication 1 = 2002, secret-2002;',
  '[ \\Authentication ]',
);
export const WORKING = lines('IsRegisterNeeded = 1', "REGISTRARIP = 'sip.example.net'") + ACCOUNTS;

export const mediaPack = (more = '') =>
  ProvisionedGateway.start({ driver: 'audiocodes', model: 'MP-112', initial: () => WORKING + more });
export const ROOT = /\/>$/;
export const CONF = /\/CONFiguration>$/;

/** A shell in the configuration folder, and what `cf set` answers. */
export async function configuring(it: ProvisionedGateway) {
  const shell = await it.ssh();
  await shell.until(ROOT);
  await shell.ask('conf', CONF);
  return {
    shell,
    set: async (text: string) => {
      await shell.ask('cf set', /finish\.\r\n$/);
      shell.write(text);
      return shell.ask('.', CONF);
    },
  };
}
