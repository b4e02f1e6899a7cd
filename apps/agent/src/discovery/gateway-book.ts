import { z } from 'zod';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { FileContentError, readJsonFile, writeJsonFile } from '../core/json-file.ts';
import { BookEntry } from './book-entry.ts';
import { marksOf, type RememberedGateway } from './gateway-id.ts';
import type { MergeBook } from './merge-book.ts';
import { mergedEntries } from './merged-entries.ts';

const Book = z.record(z.string(), BookEntry);
const SAVE_AFTER_MS = 2_000;

/**
 * Remembers by address which gateway was where, so that one that does not answer keeps its id, also over restarts.
 * Losing the file loses only that.
 */
export class GatewayBook {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** The known merges: entries never have the id of a merged gateway. */
  readonly merged: MergeBook;
  #entries: Record<string, BookEntry>;
  #cancel: (() => void) | null = null;
  #saving: Promise<void> = Promise.resolve();

  private constructor(path: string, clock: Clock, log: Logger, merged: MergeBook, entries: Record<string, BookEntry>) {
    this.#path = path;
    this.#clock = clock;
    this.#log = log;
    this.merged = merged;
    this.#entries = mergedEntries(entries, merged);
  }

  static async open(path: string, clock: Clock, log: Logger, merged: MergeBook): Promise<GatewayBook> {
    try {
      return new GatewayBook(path, clock, log, merged, (await readJsonFile(path, Book)) ?? {});
    } catch (error) {
      if (!(error instanceof FileContentError)) throw error;
      log.error({ reason: error.message }, 'the stored gateways are unreadable; starting with an empty list');
      return new GatewayBook(path, clock, log, merged, {});
    }
  }

  /** Applies the merges that are known now. */
  merge(): void {
    this.#entries = mergedEntries(this.#entries, this.merged);
    this.#saveSoon();
  }

  /** `endpoint` is address and port, as in `192.0.2.7:161`. */
  get(endpoint: string): BookEntry | null {
    return this.#entries[endpoint] ?? null;
  }

  /** The known ports of a gateway, at whatever address it was read last. */
  portsOf(gatewayId: string): BookEntry['ports'] {
    const known = Object.values(this.#entries).filter((entry) => entry.gatewayId === gatewayId);
    return known.sort((a, b) => (b.lastAnswerAt ?? 0) - (a.lastAnswerAt ?? 0))[0]?.ports ?? [];
  }

  /** The gateway known at an address, with its marks. */
  rememberedAt(endpoint: string): RememberedGateway | null {
    const entry = this.get(endpoint);
    if (entry === null) return null;
    const { gatewayId, basis, name, vendor } = entry;
    const marks = entry.found === null ? {} : marksOf(entry.found.gateway);
    return { gatewayId, basis, name, vendor, marks: basis === 'address' ? marks : { [basis]: name, ...marks } };
  }

  /** Gateways known at other addresses. */
  rememberedElsewhere(endpoint: string): RememberedGateway[] {
    return this.addresses().flatMap((other) => (other === endpoint ? [] : (this.rememberedAt(other) ?? [])));
  }

  /** Whether the gateway known at an address answered at another one since. */
  answeredElsewhereSince(endpoint: string): boolean {
    const { gatewayId, lastAnswerAt } = this.get(endpoint) ?? {};
    return Object.values(this.#entries).some(
      (entry) => entry.gatewayId === gatewayId && (entry.lastAnswerAt ?? 0) > (lastAnswerAt ?? 0),
    );
  }

  /** Marks that several units are known to have. */
  get spent(): ReadonlySet<string> {
    return new Set(Object.values(this.#entries).flatMap(({ spent }) => spent));
  }

  addresses(): string[] {
    return Object.keys(this.#entries);
  }

  set(endpoint: string, entry: BookEntry): void {
    this.#entries[endpoint] = entry;
    this.#saveSoon();
  }

  /** Adds data of a gateway that is known at the endpoint; does nothing for an unknown one. */
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

  #saveSoon(): void {
    this.#cancel ??= this.#clock.schedule(SAVE_AFTER_MS, () => {
      this.save().catch((error: unknown) => this.#log.error({ error }, 'failed to store the gateways'));
    });
  }
}
