import type { LineSetup } from '../firmware.ts';
import { applyLine, emptyConfig, findNode, printConfig, type ConfigNode, type Grammar } from '../text-config.ts';
import { passwordIn } from './smartware-grammar.ts';

/** The configuration of the factory: the ports, all shut down. */
export function factorySmartWare(fxs: number): ConfigNode {
  const root = emptyConfig();
  applyLine(root, { key: 'cli version', line: 'cli version 3.20', mode: null });
  for (let port = 0; port < fxs; port += 1) {
    const made = applyLine(root, { key: `port fxs 0 ${port}`, line: `port fxs 0 ${port}`, mode: 'prt-fxs' });
    if (made !== null) applyLine(made, { key: 'shutdown', line: 'shutdown', mode: null });
  }
  return root;
}

/**
 * Takes a line in the innermost mode that knows it, from `open` outwards. Returns the modes that are then open, or null
 * for a line that none of them knows.
 */
export function takeLine(
  root: ConfigNode,
  open: readonly ConfigNode[],
  line: string,
  grammar: Grammar,
): ConfigNode[] | null {
  for (let depth = open.length; depth >= 0; depth -= 1) {
    const node = open[depth - 1] ?? root;
    const parsed = grammar(node.mode ?? '', line);
    if (parsed === null) continue;
    const opened = applyLine(node, parsed);
    return opened === null ? open.slice(0, depth) : [...open.slice(0, depth), opened];
  }
  return null;
}

/** Runs a whole file; returns the lines that failed. Indentation does not matter. */
export function runFile(root: ConfigNode, text: string, grammar: Grammar): string[] {
  const failed: string[] = [];
  let open: ConfigNode[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const next = takeLine(root, open, line, grammar);
    if (next === null) failed.push(line);
    else open = next;
  }
  return failed;
}

export const printSmartWare = (root: ConfigNode): string => printConfig(root, '  ', '');

const restOf = (node: ConfigNode | undefined, key: string) =>
  node?.children
    .find((child) => child.key === key)
    ?.line.slice(key.length)
    .trim();
const isUp = (node: ConfigNode | undefined) => node?.children.some(({ line }) => line === 'no shutdown') === true;

/**
 * The chain of a line: its port is up and bound to an interface, whose subscriber number is an identity of a location
 * service that a running SIP gateway is bound to.
 */
export function smartWareLines(root: ConfigNode, fxs: number): LineSetup[] {
  const cs = findNode(root, ['context cs switch']);
  const services = root.children
    .filter((node) => node.mode === 'ctx-sip' && isUp(node))
    .flatMap((node) => findNode(root, [`location-service ${restOf(node, 'bind location-service')}`]) ?? []);
  return Array.from({ length: fxs }, (_, index) => {
    const port = findNode(root, [`port fxs 0 ${index}`]);
    const bound = restOf(port, 'bind interface')?.split(' ')[0];
    const own = cs?.children.find(({ key }) => key === `interface fxs ${bound}`);
    const number = restOf(own, 'subscriber-number');
    return {
      enabled: isUp(port) && isUp(cs) && own !== undefined,
      account: number === undefined ? null : accountOf(root, services, number),
      digitMap: null,
      callerId: restOf(own, 'caller-id-presentation') ?? null,
      impedance: restOf(port, 'use profile fxs') ?? null,
      ringCadence: restOf(own, 'ringing-cadence') ?? null,
    };
  });
}

function accountOf(root: ConfigNode, services: readonly ConfigNode[], user: string): LineSetup['account'] {
  for (const service of services) {
    const identity = findNode(service, [`identity ${user}`]);
    const registration = findNode(service, [`identity ${user}`, 'registration outbound']);
    const registers = restOf(registration, 'register') === 'auto';
    const host = restOf(registration, 'registrar') ?? restOf(service, 'domain 1');
    if (identity === undefined || !registers || host === undefined) continue;
    const login = findNode(identity, ['authentication outbound', 'authenticate 1'])?.line;
    const [, name, authUser = user] = /authentication-service (\S+) username (\S+)$/.exec(login ?? '') ?? [];
    const password = findNode(root, [`authentication-service ${name}`, `username ${authUser}`]);
    return { host: host.replace(' ', ':'), user, authUser, password: passwordIn(password?.line ?? '') };
  }
  return null;
}
