import { sendNotification, type SnmpTarget } from '@loopstart/snmp';
import type { NotifySpec } from '../fleet/spec.ts';
import type { PortInfo } from '@loopstart/contracts';
import type { Driver } from '@loopstart/drivers';
import type { Change } from '../line/changes.ts';
import { noticeOf, type Notice } from '../snmp/notices.ts';

/** The SNMPv3 engine that a gateway uses. */
export interface Engine {
  readonly engineId: Uint8Array;
  readonly boots: number;
  readonly timeSeconds: number;
}

const INFORM_TIMEOUT_MS = 2_000;
const INFORM_RETRIES = 2;
const SAME_WORD_MS = 30_000;

/** Sends a gateway's notifications to its manager, from the gateway's own address. */
export class Notifier {
  /** Numbers of notifications sent, and of those that failed. */
  readonly counters = { sent: 0, failed: 0 };
  readonly #target: SnmpTarget;
  readonly #inform: boolean;
  readonly #from: string;
  /** When each notification that names no port was last sent. */
  readonly #lastSaid = new Map<string, number>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(spec: NotifySpec, credentials: SnmpTarget['credentials'], fromAddress: string) {
    const { host, port } = spec;
    this.#target = { host, port, credentials, timeoutMs: INFORM_TIMEOUT_MS, retries: INFORM_RETRIES };
    this.#inform = spec.inform;
    this.#from = fromAddress;
  }

  /** Sends the vendor's notification for this change, if there is one. Never throws: a trap may be lost. */
  notify(driver: Driver, ports: readonly PortInfo[], change: Change, uptimeMs: number, engine: Engine): void {
    const notice = noticeOf(driver, ports, change);
    if (notice === null || this.#saidAlready(notice, change)) return;
    const { trapOid, varbinds } = notice;
    const uptimeTicks = Math.floor(uptimeMs / 10) % 4_294_967_296;
    const sending = sendNotification(
      this.#target,
      { trapOid, varbinds, uptimeTicks, inform: this.#inform, engine },
      { bindAddress: this.#from },
    ).then(
      () => {
        this.counters.sent++;
      },
      () => {
        this.counters.failed++;
      },
    );
    this.#underWay.add(sending);
    void sending.finally(() => this.#underWay.delete(sending));
  }

  /** Whether one notification is enough for all ports, because the vendor's does not name the port. */
  #saidAlready({ trapOid, namesPort }: Notice, { at, position }: Change): boolean {
    if (namesPort || position === null) return false;
    const before = this.#lastSaid.get(trapOid) ?? -Infinity;
    if (at - before < SAME_WORD_MS) return true;
    this.#lastSaid.set(trapOid, at);
    return false;
  }

  /** Waits for notifications in progress. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
