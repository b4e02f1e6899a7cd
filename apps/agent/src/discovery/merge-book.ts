import type { DownOf } from '@loopstart/contracts';
import { isNewMerge, type Merges, presentGatewayId } from '@loopstart/domain';
import type { Logger } from 'pino';
import { z } from 'zod';
import { FileContentError, readJsonFile, writeJsonFile } from '../core/json-file.ts';

type Merge = DownOf<'merges'>['merges'][number];

/** By the id of the merged gateway. */
const File = z.record(z.uuid(), z.object({ intoGatewayId: z.uuid(), revision: z.int().min(0) }));

/**
 * Remembers on disk which gateways were merged into which. Kept apart from the gateways themselves, because the ids
 * made of serial numbers and addresses stay the same for ever, also when the gateways' file is lost.
 */
export class MergeBook {
  readonly #path: string;
  readonly #merges = new Map<string, string>();
  /** The cloud's inventory revisions of the remaining gateways. */
  readonly #revisions = new Map<string, number>();
  #adding: Promise<unknown> = Promise.resolve();

  private constructor(path: string, stored: z.infer<typeof File>) {
    this.#path = path;
    for (const [gatewayId, rest] of Object.entries(stored)) this.#take({ gatewayId, ...rest });
  }

  static async open(path: string, log: Logger): Promise<MergeBook> {
    try {
      return new MergeBook(path, (await readJsonFile(path, File)) ?? {});
    } catch (error) {
      if (!(error instanceof FileContentError)) throw error;
      log.error({ reason: error.message }, 'the stored merges are unreadable; the cloud resends them');
      return new MergeBook(path, {});
    }
  }

  get merges(): Merges {
    return this.#merges;
  }

  /** The current id of a gateway. */
  present(gatewayId: string): string {
    return presentGatewayId(this.#merges, gatewayId);
  }

  /** The cloud's highest revision of a gateway into which others were merged; 0: none were. */
  revisionOf(gatewayId: string): number {
    return this.#revisions.get(gatewayId) ?? 0;
  }

  /**
   * Adds merges; resolves, when all are on disk, with whether any was new. Rejects where they cannot be written: none
   * counts.
   */
  add(merges: readonly Merge[]): Promise<boolean> {
    const added = this.#adding.catch(() => undefined).then(() => this.#add(merges));
    this.#adding = added;
    return added;
  }

  async #add(merges: readonly Merge[]): Promise<boolean> {
    const known = new Map(this.#merges);
    const added = merges.filter(({ gatewayId: from, intoGatewayId: into }) => {
      if (!isNewMerge(known, { from, into })) return false;
      known.set(from, into);
      return true;
    });
    if (added.length === 0) return false;
    const stored = [...this.#merges].map(([gatewayId, intoGatewayId]) => {
      return { gatewayId, intoGatewayId, revision: this.revisionOf(intoGatewayId) };
    });
    const entries = [...stored, ...added].map(({ gatewayId, ...rest }) => [gatewayId, rest]);
    await writeJsonFile(this.#path, Object.fromEntries(entries));
    for (const merge of added) this.#take(merge);
    return true;
  }

  #take({ gatewayId, intoGatewayId, revision }: Merge): void {
    this.#merges.set(gatewayId, intoGatewayId);
    this.#revisions.set(intoGatewayId, Math.max(revision, this.revisionOf(intoGatewayId)));
  }
}
