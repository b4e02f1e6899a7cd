import type { EventKind, GatewayEvent, PortInfo } from '@loopstart/contracts';
import type { Oid, VarBind } from '@loopstart/snmp';
import { isAnswer, numberIn, textIn } from '../values.ts';
import type { PortWords } from '../words.ts';

export type EventSeverity = GatewayEvent['severity'];

/** A notification as the receiver hands it over: SMIv1 traps are already converted by RFC 3584 section 3.1. */
export interface NotificationInput {
  trapOid: Oid;
  /** Without sysUpTime.0 and snmpTrapOID.0. */
  varbinds: VarBind[];
  uptimeTicks: number | null;
}

/** What a notification means. `state` is what it says about the port at `position`. */
export interface Heard {
  kind: EventKind;
  severity: EventSeverity;
  position: number | null;
  /** One plain sentence. */
  text: string;
  /** What raise and clear of the same thing share, null where there is nothing to clear. */
  alarmKey: string | null;
  state?: Partial<PortWords>;
  /** States of other ports that the same notification tells. */
  others?: readonly PortImplication[];
}

/** State of one port that a notification implies until the next poll. */
export type PortImplication = { position: number } & Partial<PortWords>;

/** What the simulator wants a gateway to say. */
export interface NotificationWish {
  kind: EventKind;
  position: number | null;
  /** Fault that a 'port-fault' or 'port-fault-cleared' is about. */
  fault?: PortWords['fault'];
}

/** One thing that a notification can mean. With a key it stands until its clear; without it has no end of its own. */
export interface NotificationMeaning {
  kind: EventKind;
  about: 'gateway' | 'port';
  keyed: boolean;
}

export interface NotificationRule {
  readonly trapOid: Oid;
  /** The notification's name in its MIB. */
  readonly object: string;
  /** Whether the state may have changed in a way that only a poll tells. */
  readonly pollNow: boolean;
  /** Names of the objects that the notification carries, for the record; columns and scalars without their instance. */
  readonly carries?: Readonly<Record<Oid, string>>;
  /** Everything that `hear` can mean: what a driver can tell is computed from it. */
  readonly means: readonly NotificationMeaning[];
  hear(input: NotificationInput, ports: readonly PortInfo[]): Heard;
  /** The varbinds with which a gateway says the wish by this notification, null where it cannot. */
  say?(wish: NotificationWish, ports: readonly PortInfo[]): VarBind[] | null;
}

/** The slice of a driver that says what a gateway's notifications mean. */
export interface NotificationsSlice {
  readonly rules: readonly NotificationRule[];
  /** End of a notification's OID that alone tells what it is, where a gateway's prefix can be configured. */
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
 * What a notification means: events, port states it implies, and whether to poll at once. Never throws: a
 * notification that the driver does not know, or that lacks what it should carry, is still an event.
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
  const { state, others = [], ...heard } = rule.hear(input, ports);
  // A number from the wire names a port only where the inventory has it.
  const known = new Set(ports.map((port) => port.position));
  const position = heard.position !== null && known.has(heard.position) ? heard.position : null;
  const implies = position === null || state === undefined ? [] : [{ position, ...state }];
  return {
    events: [
      { ...heard, position, text: heard.text.slice(0, 500), alarmKey: heard.alarmKey?.slice(0, 200) ?? null, detail },
    ],
    implies: [...implies, ...others.filter((other) => known.has(other.position))],
    pollNow: rule.pollNow,
  };
}

/** A notification by which this driver's gateways say the wish, or null where they have none. */
export function encodeNotification(
  { rules }: NotificationsSlice,
  wish: NotificationWish,
  ports: readonly PortInfo[],
): { trapOid: Oid; varbinds: VarBind[] } | null {
  for (const rule of rules) {
    const varbinds = rule.say?.(wish, ports) ?? null;
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

/** The first value of an object (any instance) among the varbinds; undefined where the sender left it out. */
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

/** A notification that always means the same and names no port. */
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
    hear: () => ({
      kind: meaning.kind,
      severity: meaning.severity,
      position: null,
      text: meaning.text,
      alarmKey: meaning.alarmKey ?? null,
    }),
    say: (wish) => (wish.kind === meaning.kind && meaning.kind !== 'other' && wish.position === null ? [] : null),
  };
}

/** The meanings of a notification that is about any of these, with a key. */
export function keyed(kinds: readonly EventKind[], ...about: NotificationMeaning['about'][]): NotificationMeaning[] {
  return kinds.flatMap((kind) => about.map((one) => ({ kind, about: one, keyed: true })));
}
