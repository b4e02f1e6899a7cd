import { sameUnit } from '../discovery/gateway-id.ts';
import type { Claimant, ClaimVerdict } from '../session/session-context.ts';

/** Which session speaks for each gateway. */
export class Ownership {
  readonly #owners = new Map<string, Claimant>();
  readonly #onReleased: () => void;

  /** `onReleased`: a session gave up a gateway that another may stand back for. */
  constructor(onReleased: () => void) {
    this.#onReleased = onReleased;
  }

  ownerOf(gatewayId: string): Claimant | null {
    return this.#owners.get(gatewayId) ?? null;
  }

  /** Whether another session than this speaks for the gateway. */
  isReadElsewhere(gatewayId: string, session: Claimant): boolean {
    return (this.#owners.get(gatewayId) ?? session) !== session;
  }

  /** A gateway with two addresses is read by one of them; by the other when the first does not answer any more. */
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

  /** This gateway goes by another id now: who speaks for it is decided anew. */
  forget(gatewayId: string): void {
    this.#owners.delete(gatewayId);
  }

  /** The session ended. */
  drop(session: Claimant): void {
    for (const [gatewayId, owner] of this.#owners) if (owner === session) this.#owners.delete(gatewayId);
  }

  /** What answers at the address of a session is another gateway now: the one it spoke for may be read by another. */
  #release(session: Claimant, present: string): void {
    let released = false;
    for (const [id, owner] of this.#owners) if (owner === session && id !== present) released = this.#owners.delete(id);
    if (released) this.#onReleased();
  }
}
