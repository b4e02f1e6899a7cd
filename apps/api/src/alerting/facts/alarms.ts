import type { GatewayFacts } from '@loopstart/domain';

type AlarmKind = GatewayFacts['alarms'][number]['kind'];

/** Which event raises and which clears an alarm. */
const RAISES: Readonly<Record<string, AlarmKind>> = {
  'power-lost': 'power-lost',
  'fan-failed': 'fan-failed',
  'temperature-high': 'temperature-high',
};
const CLEARS: Readonly<Record<string, AlarmKind>> = {
  'power-restored': 'power-lost',
  'fan-restored': 'fan-failed',
  'temperature-normal': 'temperature-high',
};
/** Raises of one alarm that are remembered. */
const RAISED_MAX = 16;
const STARTS: ReadonlySet<string> = new Set(['cold-start', 'warm-start']);

/** Kinds of events that tell of alarms and restarts. */
export const ALARM_EVENT_KINDS: readonly string[] = [...Object.keys(RAISES), ...Object.keys(CLEARS), ...STARTS];

/** As much of an event of a gateway as matters here. `at` in ms, by the (corrected) clock of the event. */
export interface AlarmEvent {
  kind: string;
  at: number;
  text: string;
  alarmKey: string | null;
}

/**
 * What a gateway said about itself: alarms that it raised and has not cleared, and when it started. Events may come in
 * any order and more than once; what counts is the newest of each.
 */
export class GatewayAlarms {
  /** When each was raised, oldest first. */
  readonly #raised = new Map<string, { kind: AlarmKind; at: number; text: string }[]>();
  readonly #cleared = new Map<string, number>();
  /** When one of a kind was cleared without saying which. */
  readonly #allCleared = new Map<AlarmKind, number>();
  #startedAt: number | null = null;

  hear({ kind, at, text, alarmKey }: AlarmEvent): void {
    const raises = RAISES[kind];
    const clears = CLEARS[kind];
    if (raises !== undefined) {
      const key = `${raises}/${alarmKey ?? ''}`;
      const raised = [...(this.#raised.get(key) ?? []), { kind: raises, at, text }].toSorted((a, b) => a.at - b.at);
      // Of many the first tells since when, the last whether it still is.
      if (raised.length > RAISED_MAX) raised.splice(RAISED_MAX / 2, 1);
      this.#raised.set(key, raised);
    } else if (clears !== undefined) {
      if (alarmKey === null) this.#allCleared.set(clears, Math.max(at, this.#allCleared.get(clears) ?? at));
      const key = `${clears}/${alarmKey ?? ''}`;
      this.#cleared.set(key, Math.max(at, this.#cleared.get(key) ?? at));
    } else if (STARTS.has(kind)) {
      this.#startedAt = Math.max(at, this.#startedAt ?? at);
    }
  }

  /** When the gateway last started, as far as it told; null: it did not tell. */
  get startedAt(): number | null {
    return this.#startedAt;
  }

  /** Alarms that stand now, each since it was first raised. A gateway that starts raises again what still holds. */
  get standing(): GatewayFacts['alarms'] {
    return [...this.#raised].flatMap(([key, raised]) => {
      const over = this.#overAt(key, raised[0]!.kind);
      const first = raised.find(({ at }) => at > over);
      return first === undefined ? [] : [{ kind: first.kind, since: first.at, text: first.text }];
    });
  }

  #overAt(key: string, kind: AlarmKind): number {
    return Math.max(
      this.#cleared.get(key) ?? -Infinity,
      this.#allCleared.get(kind) ?? -Infinity,
      this.#startedAt ?? -Infinity,
    );
  }
}
