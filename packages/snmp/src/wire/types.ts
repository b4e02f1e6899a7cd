/** An object identifier in dotted decimal without a leading dot, for example `1.3.6.1.2.1.1.3.0`. */
export type Oid = string;

/** A value in a varbind (RFC 2578 section 7.1, RFC 3416 section 3). */
export type SnmpValue =
  | { type: 'integer' | 'counter32' | 'gauge32' | 'timeticks'; value: number }
  | { type: 'counter64'; value: bigint }
  | { type: 'octets' | 'opaque'; value: Uint8Array }
  | { type: 'oid'; value: Oid }
  | { type: 'ip'; value: string }
  | { type: 'null' | 'noSuchObject' | 'noSuchInstance' | 'endOfMibView' };

export interface VarBind {
  oid: Oid;
  value: SnmpValue;
}

export type SnmpVersion = 'v1' | 'v2c' | 'v3';
export type SecurityLevel = 'noAuthNoPriv' | 'authNoPriv' | 'authPriv';
export type AuthProtocol = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
export type PrivProtocol = 'des' | 'aes128' | 'aes192' | 'aes256';

export interface CommunityCredentials {
  version: 'v1' | 'v2c';
  community: string;
}

export interface UserCredentials {
  version: 'v3';
  user: string;
  level: SecurityLevel;
  authProtocol?: AuthProtocol;
  authPassphrase?: string;
  privProtocol?: PrivProtocol;
  privPassphrase?: string;
  context?: string;
  /**
   * How a localised key that is too short for AES-192/256 is lengthened. No RFC defines it: 'blumenthal'
   * (draft-blumenthal-aes-usm-04; net-snmp's AES-192/AES-256) is the default, 'reeder'
   * (draft-reeder-snmpv3-usm-3desede, Cisco IOS; net-snmp's AES-192-C/AES-256-C) the other variant. The two are equal
   * where the digest is long enough.
   */
  privKeyExtension?: 'blumenthal' | 'reeder';
}

export type SnmpCredentials = CommunityCredentials | UserCredentials;

export interface SnmpTarget {
  host: string;
  port: number;
  credentials: SnmpCredentials;
  /** How long one attempt waits for its answer. */
  timeoutMs: number;
  /** Number of further attempts after the first. */
  retries: number;
}

export interface Peer {
  address: string;
  port: number;
}

/** A trap or inform that has passed all checks; v1 traps are converted by RFC 3584 section 3.1. */
export interface Notification {
  from: Peer;
  version: SnmpVersion;
  community?: string;
  user?: string;
  securityLevel?: SecurityLevel;
  inform: boolean;
  trapOid: Oid;
  /** sysUpTime of the sender in hundredths of a second; null where the sender omitted it. */
  uptimeTicks: number | null;
  /** Without sysUpTime.0 and snmpTrapOID.0. */
  varbinds: VarBind[];
  /** Hexadecimal authoritative engine id of a v3 sender of traps. */
  engineId?: string;
}

export interface SetResult {
  errorStatus: number;
  errorIndex: number;
}

/** The objects that an agent shows. `next` is the first instance after `oid` in lexicographic (arc) order. */
export interface MibView {
  get(oid: Oid): SnmpValue | undefined;
  next(oid: Oid): VarBind | undefined;
  /** Absent: the view is read-only. All or nothing; RFC 3416 section 4.2.5. */
  set?(varbinds: VarBind[]): SetResult;
  /** A number that changes with every change of the view. Where present, it is the cache key of encoded answers. */
  readonly revision?: number;
}

export type RequestKind = 'get' | 'getNext' | 'getBulk' | 'set';

/** A request as the intercept of `SnmpResponder` gets it. */
export interface InterceptedRequest {
  kind: RequestKind;
  version: SnmpVersion;
  oids: Oid[];
  /** max-repetitions of a GETBULK; 1 for every other request. */
  repetitions: number;
  from: Peer;
}

export type Corruption = 'truncate' | 'wrong-type' | 'loop' | 'garbage';
export type Interception =
  | 'answer'
  | 'answer-twice'
  | 'drop'
  | { delayMs: number }
  | { corrupt: Corruption }
  /** An error status instead of values, with the index as given, right or wrong. */
  | { refuse: { errorStatus: number; errorIndex: number } }
  /** Answers with more octets are lost, or truncated after this many. */
  | { loseBeyondBytes: number }
  | { cutAfterBytes: number };

export interface OutgoingNotification {
  trapOid: Oid;
  uptimeTicks: number;
  varbinds: VarBind[];
  inform?: boolean;
  /** Fields that only a v1 trap has; without them they follow from `trapOid` by RFC 3584 section 3.2. */
  v1?: { enterprise: Oid; generic: number; specific: number; agentAddress: string };
  /** The sender's own engine, for v3 traps; without it one made for this process. */
  engine?: { engineId: Uint8Array; boots: number; timeSeconds: number };
}
