import { ActionProgress } from '@loopstart/contracts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { FileContentError, readJsonFile, writeJsonFile } from '../core/json-file.ts';

/** How many actions are remembered. The cloud forgets an action long before that many have followed. */
const KEPT_MAX = 500;

const Ledger = z.array(ActionProgress);

/** Remembers on disk which actions were requested and how they ended, so that none is carried out twice. */
export class ActionLedger {
  readonly #path: string;
  #entries: Map<string, ActionProgress>;
  #saving: Promise<void> = Promise.resolve();

  private constructor(path: string, entries: ActionProgress[]) {
    this.#path = path;
    this.#entries = new Map(entries.map((entry) => [entry.actionId, entry]));
  }

  static async open(path: string, log: Logger): Promise<ActionLedger> {
    try {
      return new ActionLedger(path, (await readJsonFile(path, Ledger)) ?? []);
    } catch (error) {
      if (!(error instanceof FileContentError)) throw error;
      log.error({ reason: error.message }, 'the stored actions are unreadable; starting with an empty list');
      return new ActionLedger(path, []);
    }
  }

  get(actionId: string): ActionProgress | null {
    return this.#entries.get(actionId) ?? null;
  }

  /** Actions that had begun and have no end: the agent was stopped in between. */
  unfinished(): ActionProgress[] {
    return [...this.#entries.values()].filter((entry) => entry.state === 'running');
  }

  /** Resolves when the entry is on disk. */
  set(entry: ActionProgress): Promise<void> {
    this.#entries.delete(entry.actionId);
    this.#entries.set(entry.actionId, entry);
    const surplus = this.#entries.size - KEPT_MAX;
    for (const actionId of [...this.#entries.keys()].slice(0, Math.max(0, surplus))) this.#entries.delete(actionId);
    this.#saving = this.#saving
      .catch(() => undefined)
      .then(() => writeJsonFile(this.#path, [...this.#entries.values()]));
    return this.#saving;
  }
}
