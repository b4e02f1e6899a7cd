import type { EventKind, GatewayEvent, PortInfo } from '@loopstart/contracts';
import type { Oid, VarBind } from '@loopstart/snmp';
import { isAnswer, numberIn, textIn } from '../values.ts';
import type { PortWords } from '../words.ts';

export type EventSeverity = GatewayEvent['severity'];

/** A notification as the receiver hands it over: v1 traps are already converted by RFC 3584 section 3.1. */
export interface NotificationInput {
  trapOid: Oid;
  /** Without sysUpTime.0 and snmpTrapOID.0. */
  varbinds: VarBind[];
  uptimeTicks: number | null;
}

/** The meaning of a notification. `state` is the state of the port at `position`. */
export interface InterpretedNotification {
  kind: EventKind;
  severity: EventSeverity;
  position: number | null;
  /** One plain sentence. */
  text: string;
  /** The key that raise and clear of the same condition share, null where there is nothing to clear. */
  alarmKey: string | null;
  state?: Partial<PortWords>;
  /** States of other ports in the same notification. */
  others?: readonly PortImplication[];
}

/** State of one port that a notification implies until the next poll. */
export type PortImplication = { position: number } & Partial<PortWords>;

/** A notification that the simulator wants a gateway to send. */
export interface NotificationWish {
  kind: EventKind;
  position: number | null;
  /** Fault that a 'port-fault' or 'port-fault-cleared' is about. */
  fault?: PortWords['fault'];
}

/** One meaning of a notification. With a key it stands until its clear; without a key it has no end of its own. */
export interface NotificationMeaning {
  kind: EventKind;
  about: 'gateway' | 'port';
  keyed: boolean;
}

export interface NotificationRule {
  readonly trapOid: Oid;
  /** The notification's name in its MIB. */
  readonly object: string;
  /** Whether the state may have changed in a way that only a poll can read. */
  readonly pollNow: boolean;
  /** Names of the objects that the notification carries, as evidence; columns and scalars without their instance. */
  readonly carries?: Readonly<Record<Oid, string>>;
  /** Every meaning that `interpret` can return: what a driver can report is computed from it. */
  readonly means: readonly NotificationMeaning[];
  interpret(input: NotificationInput, ports: readonly PortInfo[]): InterpretedNotification;
  /** The varbinds by which a gateway expresses the wish in this notification, null where it cannot. */
  encode?(wish: NotificationWish, ports: readonly PortInfo[]): VarBind[] | null;
}

/** The slice of a driver that interprets a gateway's notifications. */
export interface NotificationsSlice {
  readonly rules: readonly NotificationRule[];
  /** End of a notification's OID that identifies it, where a gateway's prefix can be configured. */
  readonly trapOidTail?: RegExp;
}

export type EventDraft = Omit<GatewayEvent, 'id' | 'gatewayId' | 'at' | 'source'>;

export interface NotificationReading {
  events: EventDraft[];
  implies: PortImplication[];
  pollNow: boolean;
}

const DETAILS_MAX = 24;
/** snmpTrapCommunity (SNMP-COMMUNITY-MIB): a secret that proxies add to notifications; never kept. */
const TRAP_COMMUNITY = '1.3.6.1.6.3.18.1.4';

/**
 * The result of a notification: events, port states it implies, and whether to poll at once. Never throws: an unknown
 * notification, or one without its varbinds, is still an event.
 */
export function interpretNotification(
  notifications: NotificationsSlice,
  input: NotificationInput,
  ports: readonly PortInfo[],
): NotificationReading {
  const rule = findRule(notifications, input.trapOid);
  const detail = detailOf(input, rule);
  if (rule === undefined) {
    const text = `The gateway sent notification ${input.trapOid.slice(0, 200)}, which this driver does not know.`;
    return {
      events: [{ kind: 'other', severity: 'info', position: null, text, alarmKey: null, detail }],
      implies: [],
      pollNow: false,
    };
  }
  const { state, others = [], ...interpreted } = rule.interpret(input, ports);
  // A number from the wire names a port only where the inventory has it.
  const known = new Set(ports.map((port) => port.position));
  const position = interpreted.position !== null && known.has(interpreted.position) ? interpreted.position : null;
  const implies = position === null || state === undefined ? [] : [{ position, ...state }];
  return {
    events: [
      {
        ...interpreted,
        position,
        text: interpreted.text.slice(0, 500),
        alarmKey: interpreted.alarmKey?.slice(0, 200) ?? null,
        detail,
      },
    ],
    implies: [...implies, ...others.filter((other) => known.has(other.position))],
    pollNow: rule.pollNow,
  };
}

/** A notification of this driver's gateways for the wish, or null where they have none. */
export function encodeNotification(
  { rules }: NotificationsSlice,
  wish: NotificationWish,
  ports: readonly PortInfo[],
): { trapOid: Oid; varbinds: VarBind[] } | null {
  for (const rule of rules) {
    const varbinds = rule.encode?.(wish, ports) ?? null;
    if (varbinds !== null) return { trapOid: rule.trapOid, varbinds };
  }
  return null;
}

function findRule({ rules, trapOidTail }: NotificationsSlice, trapOid: Oid): NotificationRule | undefined {
  const exact = rules.find((rule) => rule.trapOid === trapOid);
  if (exact !== undefined || trapOidTail === undefined) return exact;
  const tail = trapOidTail.exec(trapOid)?.[0];
  return tail === undefined ? undefined : rules.find((rule) => rule.trapOid.endsWith(tail));
}

function detailOf(input: NotificationInput, rule: NotificationRule | undefined): Record<string, string> {
  const detail: Record<string, string> = { notification: (rule?.object ?? input.trapOid).slice(0, 500) };
  for (const { oid, value } of input.varbinds.slice(0, DETAILS_MAX)) {
    if (!isAnswer(value) || oid.startsWith(`${TRAP_COMMUNITY}.`)) continue;
    const shown = textIn(value) ?? String(value.value);
    detail[nameOf(oid, rule).slice(0, 200)] = shown.slice(0, 500);
  }
  return detail;
}

function nameOf(oid: Oid, rule: NotificationRule | undefined): string {
  for (const [object, name] of Object.entries(rule?.carries ?? {})) {
    if (oid === object || oid.startsWith(`${object}.`)) return name;
  }
  return oid;
}

/** The first value of an object (any instance) among the varbinds; undefined where the sender omitted it. */
export function carried(input: NotificationInput, object: Oid): VarBind | undefined {
  return input.varbinds.find(({ oid, value }) => isAnswer(value) && (oid === object || oid.startsWith(`${object}.`)));
}

export function carriedNumber(input: NotificationInput, object: Oid): number | undefined {
  const found = carried(input, object);
  return found && numberIn(found.value);
}

export function carriedText(input: NotificationInput, object: Oid): string | undefined {
  const found = carried(input, object);
  return found && textIn(found.value);
}

/** A notification with one fixed meaning that names no port. */
export function plain(
  trapOid: Oid,
  object: string,
  meaning: { kind: EventKind; severity: EventSeverity; text: string; alarmKey?: string; pollNow?: boolean },
): NotificationRule {
  return {
    trapOid,
    object,
    pollNow: meaning.pollNow ?? false,
    means: [{ kind: meaning.kind, about: 'gateway', keyed: meaning.alarmKey !== undefined }],
    interpret: () => ({
      kind: meaning.kind,
      severity: meaning.severity,
      position: null,
      text: meaning.text,
      alarmKey: meaning.alarmKey ?? null,
    }),
    encode: (wish) => (wish.kind === meaning.kind && meaning.kind !== 'other' && wish.position === null ? [] : null),
  };
}

/** The meanings of a notification about any of these, with a key. */
export function keyed(kinds: readonly EventKind[], ...about: NotificationMeaning['about'][]): NotificationMeaning[] {
  return kinds.flatMap((kind) => about.map((one) => ({ kind, about: one, keyed: true })));
}
