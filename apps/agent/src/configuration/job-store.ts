import { mkdir, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayConfigFields, GatewayConfigProgress } from '@loopstart/contracts';
import {
  APPLY_PHASES,
  APPLY_REASON_CODES,
  APPLY_STATES,
  APPLY_VERDICTS,
  HELD_CONFIGURATIONS,
  type ApplyJob,
} from '@loopstart/domain';
import type { Logger } from 'pino';
import { z } from 'zod';
import { FileContentError, readJsonFile, writeJsonFile } from '../core/json-file.ts';

const Line = z.object({
  position: z.int(),
  registration: z.string().nullable(),
  oper: z.string().nullable(),
  fault: z.string().nullable(),
});

const Job = z.object({
  phase: z.enum(APPLY_PHASES),
  state: z.enum(APPLY_STATES),
  sinceMs: z.number(),
  reason: z.enum(APPLY_REASON_CODES).nullable(),
  detail: z.string().nullable(),
  holds: z.enum(HELD_CONFIGURATIONS),
  verdict: z.enum(APPLY_VERDICTS).nullable(),
  secretsHidden: z.boolean(),
  baseline: z.array(Line).nullable(),
  writtenAtMs: z.number().nullable(),
  deadlineMs: z.number().nullable(),
  mayBeStored: z.boolean(),
  good: z.int(),
  attempts: z.int(),
});

/** What was kept before the change, to write it back. */
const Kept = z.object({
  /** The configuration as it was read, gzip then base64. */
  gzipBase64: z.string(),
  fingerprint: z.string(),
  firmware: z.string().nullable(),
  /** Ids of the other gateways of the site that had a registered line. */
  others: z.array(z.uuid()),
});
export type Kept = z.infer<typeof Kept>;

const StoredJob = z.object({
  request: z.object(GatewayConfigFields),
  job: Job,
  kept: Kept.nullable(),
  progress: GatewayConfigProgress,
  /** Both clocks when this was written. */
  steadyMs: z.number(),
  wallMs: z.number(),
});
type Parsed = z.infer<typeof StoredJob>;
/** The words of lines are of the domain's vocabulary: this agent wrote them. */
export type StoredJob = Omit<Parsed, 'job'> & { job: ApplyJob };

/** Ended jobs that are remembered, without secrets: a job that arrives again is answered with its end. */
const ENDED_MAX = 200;

/**
 * Configuration jobs on disk. A job that is not ended has a file of its own, which only the agent's user may read: it has
 * the login and the secrets of the gateway. With its end the file is removed, and only its progress is kept.
 */
export class JobStore {
  readonly #folder: string;
  #ended: GatewayConfigProgress[];

  private constructor(folder: string, ended: GatewayConfigProgress[]) {
    this.#folder = folder;
    this.#ended = ended;
  }

  /** Opens the folder, and returns the jobs that are not ended. A damaged file is put aside and logged. */
  static async open(folder: string, log: Logger): Promise<{ store: JobStore; jobs: StoredJob[] }> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T | null> => {
      try {
        return await readJsonFile(join(folder, name), schema);
      } catch (error) {
        if (!(error instanceof FileContentError)) throw error;
        log.error({ reason: error.message }, 'failed to read a configuration job; the file is put aside');
        await rename(join(folder, name), join(folder, `${name}.damaged`));
        return null;
      }
    };
    const ended = (await read('ended.json', z.array(GatewayConfigProgress))) ?? [];
    const jobs: StoredJob[] = [];
    for (const name of await readdir(folder)) {
      if (!/^[0-9a-f-]{36}\.json$/.test(name)) continue;
      const job = await read(name, StoredJob);
      if (job === null) continue;
      if (ended.some(({ jobId }) => jobId === job.request.jobId)) await unlink(join(folder, name));
      else jobs.push(job as StoredJob);
    }
    return { store: new JobStore(folder, ended), jobs };
  }

  /** How a job ended; null where it did not, or is not remembered. */
  endOf(jobId: string): GatewayConfigProgress | null {
    return this.#ended.find((one) => one.jobId === jobId) ?? null;
  }

  /** Resolves when the job is on disk. */
  async save(job: StoredJob): Promise<void> {
    await writeJsonFile(this.#fileOf(job.request.jobId), job);
  }

  /** Keeps the end of a job, then removes its secrets. */
  async end(progress: GatewayConfigProgress): Promise<void> {
    this.#ended = [...this.#ended.filter(({ jobId }) => jobId !== progress.jobId), progress].slice(-ENDED_MAX);
    await writeJsonFile(join(this.#folder, 'ended.json'), this.#ended);
    await unlink(this.#fileOf(progress.jobId)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  #fileOf(jobId: string): string {
    return join(this.#folder, `${jobId}.json`);
  }
}
