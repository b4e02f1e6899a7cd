import {
  answered,
  beginPace,
  failed,
  nextTurn,
  notLaterThan,
  pollSoon,
  started,
  succeeded,
  withInterval,
  type Pace,
} from '../polling/pace.ts';
import { unreadable, type Unreadable } from '../transport/unreadable.ts';
import type { SessionContext } from './session-context.ts';

const NO_REASON: Unreadable = { code: 'unknown', text: 'It could not be read.' };

type Context = Pick<SessionContext, 'clock' | 'random' | 'collector'>;

/** Whether the gateway at an address answers, when it is read next, and what was reported to the cloud. */
export class Reachability {
  readonly #context: Context;
  #pace: Pace;
  #unread: Unreadable | null = null;
  #lastAnswerAt: number | null;
  /** The reachability last reported to the cloud; null: none, or not by this session. */
  #announced: boolean | null = null;

  constructor(context: Context, intervalMs: number, lastAnswerAt: number | null) {
    const { clock, random } = context;
    this.#context = context;
    this.#pace = beginPace(intervalMs, clock.monotonicMs(), random());
    this.#lastAnswerAt = lastAnswerAt;
  }

  get reachable(): boolean | null {
    return this.#pace.reachable;
  }

  /** Whether it answers and has not failed since. */
  get isSteady(): boolean {
    return this.#pace.reachable === true && this.#pace.failures === 0;
  }

  /** Why the gateway is not read; null when it is, or was not tried yet. */
  get unread(): Unreadable | null {
    return this.#unread;
  }

  get lastAnswerAt(): number | null {
    return this.#lastAnswerAt;
  }

  /** What is done next, and when. */
  get next(): ReturnType<typeof nextTurn> {
    return nextTurn(this.#pace);
  }

  get nextPollAtMs(): number {
    return this.#pace.nextAtMs;
  }

  /** Requests an extra reading; see `pace.ts` for how often. */
  pollSoon(): void {
    this.#pace = pollSoon(this.#pace, this.#nowMs());
  }

  pollNotLaterThan(atMs: number): void {
    this.#pace = notLaterThan(this.#pace, atMs);
  }

  setInterval(intervalMs: number): void {
    this.#pace = withInterval(this.#pace, intervalMs, this.#nowMs());
  }

  /** A poll begins. */
  started(): void {
    this.#pace = started(this.#pace, this.#nowMs());
  }

  /** A poll ended well. */
  succeeded(): void {
    this.#pace = succeeded(this.#pace, this.#nowMs(), this.#context.random());
  }

  /** It answered a probe. */
  probed(): void {
    this.#pace = answered(this.#pace, this.#nowMs());
    this.#lastAnswerAt = this.#context.clock.now();
  }

  /** A reading taken at `at` succeeded; true where it was reported that the gateway answers. */
  answered(gatewayId: string, at: number): boolean {
    this.#lastAnswerAt = at;
    this.#unread = null;
    if (this.#announced === true) return false;
    this.#announced = true;
    this.#pace = { ...this.#pace, reachable: true };
    this.#context.collector.reachability(gatewayId, at, null);
    return true;
  }

  /** A poll or probe failed; true where this made the gateway unreachable. */
  failed(error: unknown): boolean {
    const before = this.#pace.reachable;
    this.#pace = failed(this.#pace, this.#nowMs(), this.#context.random());
    this.#unread = unreadable(error);
    return this.#pace.reachable === false && before !== false;
  }

  /** Reports that the gateway does not answer. */
  reportUnreachable(gatewayId: string): void {
    this.#announced = false;
    this.#context.collector.reachability(gatewayId, this.#context.clock.now(), this.#unread ?? NO_REASON);
  }

  /** Another gateway is here now: its reachability was not reported yet. */
  forgetReported(): void {
    this.#announced = null;
  }

  /**
   * The cloud lacks the reports: reachability is reported with the next reading, and at once where the gateway is gone.
   */
  resend(gatewayId: string): void {
    this.#announced = null;
    if (this.#pace.reachable === false) this.reportUnreachable(gatewayId);
  }

  /** Another session reports the gateway; this one checks again after `intervalMs`. */
  standBack(reason: Unreadable, intervalMs: number): void {
    this.#announced = null;
    this.#unread = reason;
    this.setInterval(intervalMs);
  }

  #nowMs(): number {
    return this.#context.clock.monotonicMs();
  }
}
