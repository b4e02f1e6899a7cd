import type { LineSetup, SipAccount } from '../firmware.ts';
import { applyLine, emptyConfig, findNode, printConfig, type ConfigNode, type Grammar } from '../text-config.ts';
import { decoded7 } from './password7.ts';

/** The voice ports of a model, in the order of its lines. */
export function voicePortsOf(model: string, fxs: number): string[] {
  const slot = model.startsWith('VG20') ? '0' : model.startsWith('VG2') ? '2' : '0/0';
  return Array.from({ length: fxs }, (_, index) => `${slot}/${index}`);
}

/** The configuration of the factory: the voice ports, which nothing can take away. */
export function factoryConfig(voicePorts: readonly string[]): ConfigNode {
  const root = emptyConfig();
  applyLine(root, { key: 'hostname', line: 'hostname Router', mode: null });
  for (const port of voicePorts) {
    applyLine(root, { key: `voice-port ${port}`, line: `voice-port ${port}`, mode: 'config-voiceport' });
  }
  return root;
}

/** Reads a file by its indentation: a line without belongs to the outermost mode. Returns the lines that failed. */
export function mergeFile(root: ConfigNode, text: string, grammar: Grammar): string[] {
  const failed: string[] = [];
  let open: { node: ConfigNode; indent: number }[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('!') || line === 'end') continue;
    if (/^(Building configuration|Current configuration|version ) */.test(line)) continue;
    const indent = raw.length - raw.trimStart().length;
    open = open.filter((one) => one.indent < indent);
    const node = open.at(-1)?.node ?? root;
    const parsed = indent > 0 && open.length === 0 ? null : grammar(node.mode ?? '', line);
    if (parsed === null) {
      failed.push(line);
      continue;
    }
    const opened = applyLine(node, parsed);
    if (opened !== null) open.push({ node: opened, indent });
  }
  return failed;
}

/** `show running-config`. */
export function showConfig(root: ConfigNode, at: Date, firmware: string): string {
  const body = printConfig(root, ' ', '!');
  const text = `!\n! Last configuration change at ${at.toISOString()}\n!\nversion ${firmware.slice(0, 4)}\n!\n${body}!\nend\n`;
  return `Building configuration...\n\nCurrent configuration : ${text.length} bytes\n${text}\n`;
}

const restOf = (node: ConfigNode | undefined, key: string) =>
  node?.children
    .find((child) => child.key === key)
    ?.line.slice(key.length)
    .trim();

/**
 * The lines by their POTS peers: the pattern is the number, the login that of the peer, else that of sip-ua. `shutdown`
 * of a voice port takes the whole card with its four ports out of service.
 */
export function iosLines(root: ConfigNode, voicePorts: readonly string[]): LineSetup[] {
  const sipUa = findNode(root, ['sip-ua']);
  const registrar = /^(?:ipv4|dns):(\S+)/.exec(restOf(sipUa, 'registrar') ?? '')?.[1];
  const peers = root.children.filter(({ line }) => /^dial-peer voice \d+ pots$/.test(line));
  const node = (port: string) => findNode(root, [`voice-port ${port}`]);
  const isShut = (port: string) => node(port)?.children.some(({ line }) => line === 'shutdown') === true;
  return voicePorts.map((port, index) => {
    const peer = peers.find((one) => restOf(one, 'port') === port);
    const user = restOf(peer, 'destination-pattern')?.replace(/\$$/, '');
    const login = loginOf(restOf(peer, 'authentication username') ?? restOf(sipUa, 'authentication username'));
    const card = voicePorts.slice(index - (index % 4), index - (index % 4) + 4);
    const own = node(port);
    return {
      enabled: !card.some(isShut),
      account:
        registrar === undefined || user === undefined || !/^\d+$/.test(user)
          ? null
          : { host: registrar, user, authUser: login?.authUser ?? user, password: login?.password ?? '' },
      digitMap: null,
      callerId: restOf(own, 'caller-id enable') === undefined ? 'no' : (restOf(own, 'cptone') ?? 'US'),
      impedance: restOf(own, 'impedance') ?? '600r',
      ringCadence: restOf(own, 'ring cadence') ?? null,
    };
  });
}

function loginOf(rest: string | undefined): Pick<SipAccount, 'authUser' | 'password'> | null {
  const [, authUser, coded] = /^(\S+) password 7 (\S+)$/.exec(rest ?? '') ?? [];
  return authUser === undefined ? null : { authUser, password: decoded7(coded ?? '') ?? '' };
}
