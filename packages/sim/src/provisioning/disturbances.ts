import { REBOOT_SILENCE_MS, type Fault, type FaultKind, type ProvisioningPhase } from '../fault/fault.ts';
import type { LivingGateway } from '../gateway/living-gateway.ts';
import { CLEAR_LINK, type LinkState } from './faces/line-faults.ts';
import { PowerLost } from './firmware.ts';

/** What the faults of a gateway do to its configuration. */
export class Disturbances {
  readonly #living: LivingGateway;

  constructor(living: LivingGateway) {
    this.#living = living;
  }

  find(kind: FaultKind): Fault | undefined {
    return this.#living.life.active.find((fault) => fault.kind === kind);
  }

  /** The disturbances of the transfer that begins now. */
  link(): LinkState {
    const delayMs = this.find('slow-link')?.delayMs ?? 0;
    const power = this.find('power-cut');
    if (power?.phase === 'fetch') return { cutAtByte: power.atByte ?? 0, losesPower: true, delayMs };
    const cut = this.find('transfer-cut');
    return cut === undefined ? { ...CLEAR_LINK, delayMs } : { cutAtByte: cut.atByte ?? 0, losesPower: false, delayMs };
  }

  /** Throws PowerLost, after taking the power, where it is cut in this phase. */
  reach(phase: ProvisioningPhase): void {
    const struck = this.find('power-cut');
    if (struck === undefined || (struck.phase ?? 'write') !== phase) return;
    this.losePower();
    throw new PowerLost();
  }

  /** Takes the power, for as long as a restart takes. */
  losePower(): void {
    this.#living.clearFaults(({ kind }) => kind === 'power-cut');
    const forMs = this.find('never-comes-back') === undefined ? REBOOT_SILENCE_MS : null;
    this.#living.setFault({ kind: 'power-loss', port: null, delayMs: 1, corruption: 'mixed' }, { forMs });
  }

  /** Of the keys just written, the one that the unit changes by itself; null where it does not. */
  keyToSpoil(written: readonly string[]): string | null {
    const fault = this.find('comes-back-wrong');
    return fault === undefined ? null : (fault.settingKey ?? written[0] ?? null);
  }
}
