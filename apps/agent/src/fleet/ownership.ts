import { sameUnit } from '../discovery/gateway-id.ts';
import type { Claimant, ClaimVerdict } from '../session/session-context.ts';

/** Which session is responsible for each gateway. */
export class Ownership {
  readonly #owners = new Map<string, Claimant>();
  readonly #onReleased: () => void;

  /** `onReleased`: a session released a gateway for which another may be parked. */
  constructor(onReleased: () => void) {
    this.#onReleased = onReleased;
  }

  ownerOf(gatewayId: string): Claimant | null {
    return this.#owners.get(gatewayId) ?? null;
  }

  /** Whether another session than this is responsible for the gateway. */
  isReadElsewhere(gatewayId: string, session: Claimant): boolean {
    return (this.#owners.get(gatewayId) ?? session) !== session;
  }

  /** A gateway with two addresses is read at one of them; at the other when the first does not answer any more. */
  claim(gatewayId: string, session: Claimant): ClaimVerdict {
    this.#release(session, gatewayId);
    const owner = this.#owners.get(gatewayId);
    if (owner === undefined || owner === session || owner.reachable === false) {
      this.#owners.set(gatewayId, session);
      return 'granted';
    }
    const verdict = owner.unit === null || session.unit === null ? 'unknown' : sameUnit(owner.unit, session.unit);
    if (verdict === 'same') return 'elsewhere';
    owner.noteConflict(verdict === 'different' ? 'cloned-identity' : 'same-identity', session.address);
    return verdict === 'different' ? 'other-unit' : 'elsewhere';
  }

  /** This gateway has another id now: the responsible session is decided again. */
  forget(gatewayId: string): void {
    this.#owners.delete(gatewayId);
  }

  /** The session ended. */
  drop(session: Claimant): void {
    for (const [gatewayId, owner] of this.#owners) if (owner === session) this.#owners.delete(gatewayId);
  }

  /** Another gateway answers at the address of a session now: another session may read the former one. */
  #release(session: Claimant, present: string): void {
    let released = false;
    for (const [id, owner] of this.#owners) if (owner === session && id !== present) released = this.#owners.delete(id);
    if (released) this.#onReleased();
  }
}
