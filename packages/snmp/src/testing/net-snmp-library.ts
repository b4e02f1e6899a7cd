import { createRequire } from 'node:module';
import type { SnmpCredentials, SnmpValue, UserCredentials, VarBind } from '../wire/types.ts';

/** The npm library net-snmp as a peer; its own types are 'any' in the essential places. */

interface LibraryVarbind {
  oid: string;
  type: number;
  value: unknown;
}
type Done<T> = (error: Error | null, result: T) => void;
export interface LibrarySession {
  get(oids: string[], done: Done<LibraryVarbind[]>): void;
  set(varbinds: LibraryVarbind[], done: Done<LibraryVarbind[]>): void;
  subtree(
    oid: string,
    repetitions: number,
    feed: (varbinds: LibraryVarbind[]) => void,
    done: (error?: Error) => void,
  ): void;
  trap(trapOid: string, varbinds: LibraryVarbind[], done: (error: Error | null) => void): void;
  inform(trapOid: string, varbinds: LibraryVarbind[], done: Done<LibraryVarbind[]>): void;
  close(): void;
}
interface Authorizer {
  addCommunity(community: string): void;
  addUser(user: object): void;
}
export interface LibraryReceiver {
  getAuthorizer(): Authorizer;
  close(): void;
}
interface LibraryMib {
  registerProvider(provider: object): void;
  addTableRow(name: string, row: unknown[]): void;
}
export interface LibraryAgent extends LibraryReceiver {
  getMib(): LibraryMib;
}
/** What its receiver hands over. */
export interface LibraryNotification {
  pdu: { type: number; varbinds: LibraryVarbind[]; user?: string; community?: string };
}
type Names = Record<string, number>;
interface Library {
  Version1: number;
  Version2c: number;
  ObjectType: Names;
  SecurityLevel: Names;
  AuthProtocols: Names;
  PrivProtocols: Names;
  MaxAccess: Names;
  MibProviderType: Names;
  createSession(host: string, community: string, options: object): LibrarySession;
  createV3Session(host: string, user: object, options: object): LibrarySession;
  createReceiver(
    options: object,
    callback: (error: Error | null, data: LibraryNotification) => unknown,
  ): LibraryReceiver;
  createAgent(options: object, callback: (error: Error | null, data: unknown) => void): LibraryAgent;
}
export const library = createRequire(import.meta.url)('net-snmp') as Library;

const AUTH = { md5: 'md5', sha1: 'sha', sha224: 'sha224', sha256: 'sha256', sha384: 'sha384', sha512: 'sha512' };
const PRIV = { des: 'des', aes128: 'aes', aes192: 'none', aes256: 'aes256b' };

/** A user in the form of the library. */
export function libraryUser({
  user,
  level,
  authProtocol,
  authPassphrase,
  privProtocol,
  privPassphrase,
}: UserCredentials) {
  return {
    name: user,
    level: library.SecurityLevel[level],
    ...(authProtocol && { authProtocol: library.AuthProtocols[AUTH[authProtocol]], authKey: authPassphrase }),
    ...(privProtocol && { privProtocol: library.PrivProtocols[PRIV[privProtocol]], privKey: privPassphrase }),
  };
}

/** A manager, or a sender of notifications. */
export function librarySession(port: number, credentials: SnmpCredentials): LibrarySession {
  const options = { port, trapPort: port, timeout: 2_000, retries: 1, engineID: '80001f8804feedbeef' };
  if (credentials.version === 'v3') return library.createV3Session('127.0.0.1', libraryUser(credentials), options);
  const version = credentials.version === 'v1' ? library.Version1 : library.Version2c;
  return library.createSession('127.0.0.1', credentials.community, { ...options, version });
}

export const libraryGet = (session: LibrarySession, oids: string[]): Promise<string[]> =>
  new Promise((resolve, reject) => {
    session.get(oids, (error, varbinds) => (error ? reject(error) : resolve(varbinds.map(libraryText))));
  });

export const libraryWalk = (session: LibrarySession, oid: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const found: string[] = [];
    const feed = (varbinds: LibraryVarbind[]) => void found.push(...varbinds.map(libraryText));
    session.subtree(oid, 10, feed, (error) => (error ? reject(error) : resolve(found)));
  });

/** Resolves when it was sent; an inform, when it was acknowledged. */
export const libraryNotify = (session: LibrarySession, kind: 'trap' | 'inform', trapOid: string, text: string) =>
  new Promise<void>((resolve, reject) => {
    const varbinds = [
      { oid: '1.3.6.1.4.1.99999.1.9.0', type: library.ObjectType['OctetString'] as number, value: text },
    ];
    session[kind](trapOid, varbinds, (error: Error | null) => (error ? reject(error) : resolve()));
  });

/** One varbind of the library, and one of ours, as text that can be compared. */
const libraryText = ({ oid, value }: LibraryVarbind): string =>
  `${oid}=${value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)}`;
export const ourText = ({ oid, value }: VarBind): string => `${oid}=${valueText(value)}`;

function valueText(value: SnmpValue): string {
  if (!('value' in value)) return value.type;
  return value.value instanceof Uint8Array ? Buffer.from(value.value).toString('latin1') : String(value.value);
}
