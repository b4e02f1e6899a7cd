import { GatewayIdentity, GatewayInfo, PortInfo, PortListState, PORTS_MAX } from '@loopstart/contracts';
import { PORT_KINDS } from '@loopstart/domain';
import { z } from 'zod';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { FileContentError, readJsonFile, writeJsonFile } from '../core/json-file.ts';
import { ID_BASES, marksOf, type RememberedGateway } from './gateway-id.ts';

const RequestSize = z.object({
  oids: z.int().min(1),
  values: z.int().min(1),
  bulk: z.boolean(),
  tryAtMs: z.number(),
  waitMs: z.number(),
});

/** A port as it was bound to its number; see `bindPorts`. */
export const RememberedPort = z.object({
  position: z.int().min(1),
  key: z.string(),
  portKey: z.string().nullable(),
  kind: z.enum(PORT_KINDS),
  name: z.string().nullable(),
});

/** What is remembered of the gateway at an address. */
export const BookEntry = z.object({
  gatewayId: z.uuid(),
  basis: z.enum(ID_BASES),
  name: z.string(),
  vendor: z.string(),
  model: z.string(),
  driverId: z.string(),
  driverRevision: z.int(),
  firmware: z.string().nullable(),
  /** Revision of the inventory, and the digest of what it says. */
  revision: z.int().min(1),
  inventoryDigest: z.string(),
  lastAnswerAt: z.number().nullable(),
  /** What it was found to be: kept through readings that lack something. Null: not known, or by another version. */
  found: z
    .object({ gateway: GatewayInfo, ports: z.array(PortInfo), portList: PortListState.optional() })
    .nullable()
    .default(null)
    .catch(null),
  /** How large a question it bears, where that is less than everything. */
  requestSize: RequestSize.nullable().default(null).catch(null),
  /** Marks that other units have too, and where: they tell nothing of this one. */
  spent: z.array(z.string()).max(16).default([]),
  conflict: GatewayIdentity.shape.conflict.default(null),
  formerGatewayId: GatewayIdentity.shape.formerGatewayId.default(null),
  /** Ports it had at any time. Absent in what an earlier version stored. */
  ports: z
    .array(RememberedPort)
    .max(2 * PORTS_MAX)
    .default([]),
});
export type BookEntry = z.infer<typeof BookEntry>;

const Book = z.record(z.string(), BookEntry);
const SAVE_AFTER_MS = 2_000;

/**
 * Remembers by address which gateway was where, so that one that does not answer keeps its id, also over restarts.
 * Losing the file costs no more than that memory.
 */
export class GatewayBook {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  #entries: Record<string, BookEntry>;
  #cancel: (() => void) | null = null;
  #saving: Promise<void> = Promise.resolve();

  private constructor(path: string, clock: Clock, log: Logger, entries: Record<string, BookEntry>) {
    this.#path = path;
    this.#clock = clock;
    this.#log = log;
    this.#entries = entries;
  }

  static async open(path: string, clock: Clock, log: Logger): Promise<GatewayBook> {
    try {
      return new GatewayBook(path, clock, log, (await readJsonFile(path, Book)) ?? {});
    } catch (error) {
      if (!(error instanceof FileContentError)) throw error;
      log.error({ reason: error.message }, 'the memory of gateways is unreadable and begins anew');
      return new GatewayBook(path, clock, log, {});
    }
  }

  /** `endpoint` is address and port, as in `192.0.2.7:161`. */
  get(endpoint: string): BookEntry | null {
    return this.#entries[endpoint] ?? null;
  }

  /** Ports by which a gateway is known, at whatever address it was read last. */
  portsOf(gatewayId: string): BookEntry['ports'] {
    const known = Object.values(this.#entries).filter((entry) => entry.gatewayId === gatewayId);
    return known.sort((a, b) => (b.lastAnswerAt ?? 0) - (a.lastAnswerAt ?? 0))[0]?.ports ?? [];
  }

  /** The gateway known at an address, with its marks. */
  rememberedAt(endpoint: string): RememberedGateway | null {
    const entry = this.get(endpoint);
    if (entry === null) return null;
    const { gatewayId, basis, name, vendor } = entry;
    const told = entry.found === null ? {} : marksOf(entry.found.gateway);
    return { gatewayId, basis, name, vendor, marks: basis === 'address' ? told : { [basis]: name, ...told } };
  }

  /** Gateways known at other addresses. */
  rememberedElsewhere(endpoint: string): RememberedGateway[] {
    return this.addresses().flatMap((other) => (other === endpoint ? [] : (this.rememberedAt(other) ?? [])));
  }

  /** Marks of which it is known that several units have them. */
  get spent(): ReadonlySet<string> {
    return new Set(Object.values(this.#entries).flatMap(({ spent }) => spent));
  }

  addresses(): string[] {
    return Object.keys(this.#entries);
  }

  set(endpoint: string, entry: BookEntry): void {
    this.#entries[endpoint] = entry;
    this.#cancel ??= this.#clock.schedule(SAVE_AFTER_MS, () => {
      this.save().catch((error: unknown) => this.#log.error({ error }, 'could not save the memory of gateways'));
    });
  }

  /** Remembers more of a gateway that is known at the endpoint; of one that is not, nothing. */
  update(endpoint: string, part: Partial<BookEntry>): void {
    const entry = this.get(endpoint);
    if (entry !== null) this.set(endpoint, { ...entry, ...part });
  }

  save(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#saving = this.#saving.catch(() => undefined).then(() => writeJsonFile(this.#path, this.#entries));
    return this.#saving;
  }
}
