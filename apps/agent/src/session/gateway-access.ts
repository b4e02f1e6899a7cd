import type { Target } from '@loopstart/contracts';
import type { Device } from '../transport/device-transport.ts';
import { resolveAddress } from '../transport/resolve-address.ts';
import { canWrite } from '../transport/snmp/access.ts';

/** The access to one address: the target that names it, and the IP address in use. */
export class GatewayAccess implements Device {
  readonly address: string;
  readonly #limits: () => Device['limits'];
  #target: Target;
  #ip: string | null = null;

  constructor(target: Target, address: string, limits: () => Device['limits']) {
    this.address = address;
    this.#target = target;
    this.#limits = limits;
  }

  get target(): Target {
    return this.#target;
  }

  get limits(): Device['limits'] {
    return this.#limits();
  }

  /** The IP address in use; null for a name that was not resolved yet. */
  get ip(): string | null {
    return this.#ip;
  }

  /** Whether the target's access may change the gateway; null where only an attempt shows it. */
  get canWrite(): boolean | null {
    return canWrite(this.#target.access);
  }

  async host(): Promise<string> {
    this.#ip ??= await resolveAddress(this.address);
    return this.#ip;
  }

  /** The gateway may have moved: its name is resolved again. */
  forgetIp(): void {
    this.#ip = null;
  }

  /** Takes a changed target for the same address; true where its access is another. */
  retarget(target: Target): boolean {
    const changed = JSON.stringify(target.access) !== JSON.stringify(this.#target.access);
    this.#target = target;
    return changed;
  }
}
