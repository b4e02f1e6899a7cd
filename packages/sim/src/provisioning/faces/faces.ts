import { SimSpecError } from '../../fleet/spec-error.ts';
import type { Firmware } from '../firmware.ts';
import type { ProvisioningSpec } from '../spec.ts';
import type { Login } from './digest.ts';
import { HttpFace } from './http-face.ts';
import type { LinkState } from './line-faults.ts';
import { SipFace } from './sip-face.ts';
import { SshFace } from './ssh-face.ts';

/** Ports of the faces on the gateway's own address; null for a face that its units do not have, or while stopped. */
export interface Endpoints {
  readonly address: string;
  readonly ssh: number | null;
  readonly http: number | null;
  /** UDP, for NOTIFY. */
  readonly sip: number | null;
}

export interface FacesHost {
  readonly login: Login;
  readonly address: string;
  down(): boolean;
  link(): LinkState;
  losePower(): void;
}

/** The servers of one unit: those that its firmware has. */
export class Faces {
  readonly #spec: ProvisioningSpec;
  readonly #ssh: SshFace | null;
  readonly #http: HttpFace | null;
  readonly #sip: SipFace | null;
  #endpoints: Endpoints;

  constructor(spec: ProvisioningSpec, firmware: Firmware, host: FacesHost) {
    this.#spec = spec;
    const common = {
      down: () => host.down(),
      link: () => host.link(),
      losePower: () => host.losePower(),
      login: () => firmware.login?.() ?? host.login,
    };
    const openCli = firmware.openCli?.bind(firmware);
    this.#ssh = openCli === undefined ? null : new SshFace({ ...common, openCli });
    this.#http = firmware.http === undefined ? null : new HttpFace(common, firmware.http);
    const notified = firmware.notified?.bind(firmware);
    const login = () => firmware.notifyLogin?.() ?? null;
    this.#sip = notified === undefined ? null : new SipFace({ down: common.down, login, notified });
    this.#endpoints = { address: host.address, ssh: null, http: null, sip: null };
  }

  get endpoints(): Endpoints {
    return this.#endpoints;
  }

  /** Throws SimSpecError where a port is not available. */
  async listen(): Promise<void> {
    const { address } = this.#endpoints;
    const { sshPort, httpPort, sipPort } = this.#spec;
    try {
      this.#endpoints = {
        address,
        ssh: (await this.#ssh?.listen(sshPort, address)) ?? null,
        http: (await this.#http?.listen(httpPort, address)) ?? null,
        sip: (await this.#sip?.listen(sipPort, address)) ?? null,
      };
    } catch (error) {
      await this.close();
      const why = error instanceof Error ? error.message : String(error);
      throw new SimSpecError('provisioning', `A provisioning face on ${address} cannot be had: ${why}.`);
    }
  }

  /** Ends every connection at once. */
  drop(): void {
    this.#ssh?.drop();
    this.#http?.drop();
  }

  async close(): Promise<void> {
    this.#endpoints = { address: this.#endpoints.address, ssh: null, http: null, sip: null };
    await Promise.all([this.#ssh?.close(), this.#http?.close(), this.#sip?.close()]);
  }
}
