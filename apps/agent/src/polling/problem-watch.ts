import type { Problem } from '@loopstart/drivers';
import type { EventDraft } from '@loopstart/drivers';

const AGAIN_MS = 3_600_000;
const SHOWN = 5;

/** Turns a gateway's invalid answers, poll after poll, into one event when they begin and one when they end. */
export class ProblemWatch {
  #since: number | null = null;
  #known = new Set<string>();

  /** The event for this poll's problems; null: nothing new. `nowMs` is monotonic. */
  see(problems: readonly Problem[], nowMs: number): EventDraft | null {
    if (problems.length === 0) {
      if (this.#since === null) return null;
      this.#since = null;
      this.#known.clear();
      return event('cleared', 'All its answers are understood again.', {});
    }
    const fresh = problems.filter((problem) => !this.#known.has(problem.oid));
    if (this.#since !== null && (fresh.length === 0 || nowMs - this.#since < AGAIN_MS)) return null;
    this.#since = nowMs;
    this.#known = new Set(problems.map((problem) => problem.oid));
    const [first] = problems as [Problem];
    const more = problems.length === 1 ? '' : ` and ${problems.length - 1} more`;
    const detail = problems.slice(0, SHOWN).map(({ oid, why }) => [oid.slice(0, 200), why.slice(0, 500)]);
    const text = `It answered something that is not understood: ${first.why}${more}.`;
    return event('warning', text.slice(0, 500), Object.fromEntries(detail) as Record<string, string>);
  }
}

function event(severity: EventDraft['severity'], text: string, detail: Record<string, string>): EventDraft {
  return { kind: 'wrong-answer', severity, position: null, text, alarmKey: 'wrong-answer', detail };
}
