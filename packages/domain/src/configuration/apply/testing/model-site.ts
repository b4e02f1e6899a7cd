import type { ApplyObservation, LineFact, ReadBack } from '../facts.ts';
import type { ApplyReasonCode } from '../reasons.ts';
import type { ApplyEvent, WriteOutcome } from '../state.ts';

/** What happens to a model site at one moment of a run. */
export type ModelFault =
  | 'agent-killed-before'
  | 'agent-killed-after'
  | 'power-cut'
  | 'site-offline'
  | 'sip-server-down'
  | 'transfer-cut'
  | 'key-refused'
  | 'login-refused'
  | 'call-begins'
  | 'clock-back'
  | 'clock-ahead'
  | 'comes-back-wrong'
  | 'swapped'
  | 'storage-full';

export interface ModelOptions {
  /** What the change does to the gateway where it is written whole. */
  change: 'works' | 'wrong-server' | 'wrong-secret' | 'breaks-port';
  /** Another gateway at the site, with a registration of its own. */
  others: number;
  /** The gateway hides its secrets. */
  hidesSecrets: boolean;
  /** It keeps an unsaved change over a restart. */
  savesByItself: boolean;
}

const OUTAGE_MS = 240_000;
const RESTART_MS = 40_000;
const CALL_MS = 90_000;

/** A gateway with two keys and two lines, its site, and what an agent sees of them; not a copy of the machine. */
export class ModelSite {
  readonly options: ModelOptions;
  wallMs = 1_800_000_000_000;
  steadyMs = 0;
  /** Whether each half of the change is in the running, and in the stored configuration. */
  running = [false, false];
  stored = [false, false];
  spoilt = false;
  callsCut = 0;
  writes = 0;
  #downUntil = 0;
  #siteOfflineUntil = 0;
  #serverDownUntil = 0;
  #swappedUntil = 0;
  #calls = [0, 0];
  #cut = false;
  #refuses = false;
  #loginFails = 0;
  #storageFull = 0;

  constructor(options: ModelOptions) {
    this.options = options;
  }

  pass(ms: number): void {
    this.steadyMs += ms;
    this.wallMs += ms;
  }

  strike(fault: ModelFault): void {
    const until = this.steadyMs + OUTAGE_MS;
    switch (fault) {
      case 'power-cut':
        this.#downUntil = this.steadyMs + RESTART_MS;
        this.running = [...this.stored];
        this.#calls = [0, 0];
        break;
      case 'site-offline':
        this.#siteOfflineUntil = until;
        break;
      case 'sip-server-down':
        this.#serverDownUntil = until;
        break;
      case 'transfer-cut':
        this.#cut = true;
        break;
      case 'key-refused':
        this.#refuses = true;
        break;
      case 'login-refused':
        this.#loginFails = 2;
        break;
      case 'call-begins':
        if (this.up && this.#registers(1)) this.#calls[1] = this.steadyMs + CALL_MS;
        break;
      case 'clock-back':
        this.wallMs -= 3_600_000;
        break;
      case 'clock-ahead':
        this.wallMs += 600_000;
        break;
      case 'comes-back-wrong':
        this.spoilt = this.running.some(Boolean);
        break;
      case 'swapped':
        this.#swappedUntil = until;
        break;
      case 'storage-full':
        this.#storageFull = 2;
        break;
      default:
    }
  }

  get up(): boolean {
    return this.steadyMs >= this.#downUntil;
  }

  get siteOffline(): boolean {
    return this.steadyMs < this.#siteOfflineUntil;
  }

  get serverDown(): boolean {
    return this.steadyMs < this.#serverDownUntil;
  }

  /** Whether the present settings work where there is no outage. */
  get settingsWork(): boolean {
    if (this.spoilt) return false;
    return !this.running[0] || this.options.change === 'works';
  }

  #registers(_line: number): boolean {
    return this.up && !this.siteOffline && !this.serverDown && this.settingsWork;
  }

  observe(): ApplyObservation {
    const swapped = this.steadyMs < this.#swappedUntil;
    const outage = this.siteOffline || this.serverDown;
    const { others, change } = this.options;
    const portBroken = this.running[0] === true && change === 'breaks-port';
    const line = (position: number): LineFact => ({
      position,
      registration: this.#registers(position) || portBroken ? 'registered' : 'unreachable',
      oper: portBroken && position === 2 ? 'out-of-service' : 'in-service',
      fault: 'none',
    });
    const busy = this.#calls.findIndex((until) => this.steadyMs < until);
    return {
      answers: this.up,
      identity: !this.up ? 'unknown' : swapped ? 'other' : 'same',
      lines: this.up ? [line(1), line(2)] : null,
      refusal: busy < 0 ? null : { code: 'call-in-progress', position: busy + 1 },
      group: 'free',
      firmware: '1.0',
      others: { registered: outage ? 0 : others, lost: outage ? others : 0, unknown: 0 },
      sipServerAnswers: !outage,
      brokerReachable: !this.siteOffline,
    };
  }

  #disturb(): void {
    this.writes += 1;
    this.callsCut += this.#calls.filter((until) => this.steadyMs < until).length;
    this.#calls = [0, 0];
  }

  /** Writes the change, or the former values. */
  write(forward: boolean): Extract<ApplyEvent, { type: 'wrote' }> {
    const wrote = (outcome: WriteOutcome, reason: ApplyReasonCode | null = null) =>
      ({ type: 'wrote', outcome, reason, detail: null }) as const;
    if (this.#loginFails > 0) {
      this.#loginFails -= 1;
      return wrote('not-begun', 'login-refused');
    }
    // The agent reads the gateway before it sends anything.
    const { answers, identity, refusal } = this.observe();
    if (!answers || identity !== 'same') return wrote('not-begun');
    if (refusal !== null) return wrote('not-begun', 'busy');
    this.#disturb();
    const cut = this.#cut;
    const refused = this.#refuses;
    this.#cut = false;
    this.#refuses = false;
    this.running[0] = forward;
    if (!cut && !refused) {
      this.running[1] = forward;
      this.spoilt = false;
    }
    if (this.options.savesByItself) this.stored = [...this.running];
    if (cut) return wrote('unclear');
    return refused ? wrote('refused', 'write-refused') : wrote('done');
  }

  save(): Extract<ApplyEvent, { type: 'saved' }> {
    if (!this.up) return { type: 'saved', done: false, detail: null };
    if (this.#storageFull > 0) {
      this.#storageFull -= 1;
      return { type: 'saved', done: false, detail: null };
    }
    this.stored = [...this.running];
    return { type: 'saved', done: true, detail: null };
  }

  readBack(): ReadBack | null {
    if (!this.up) return null;
    const all = (value: boolean) => !this.spoilt && this.running.every((half) => half === value);
    return {
      after: all(true) ? 'equal' : 'different',
      before: all(false) ? 'equal' : 'different',
      emergencyComplete: true,
      secretsHidden: this.options.hidesSecrets,
    };
  }

  /** Every outage ends; the power stays. */
  calm(): void {
    this.steadyMs = Math.max(
      this.steadyMs,
      this.#downUntil,
      this.#siteOfflineUntil,
      this.#serverDownUntil,
      this.#swappedUntil,
      ...this.#calls,
    );
    this.#cut = false;
    this.#refuses = false;
    this.#loginFails = 0;
    this.#storageFull = 0;
  }
}
