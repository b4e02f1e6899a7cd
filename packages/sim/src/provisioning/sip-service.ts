import type { LineService } from '../line/life.ts';
import type { LineSetup } from './firmware.ts';
import type { SipServiceSpec } from './spec.ts';

/** Host in lower case, without the port: `10.0.0.10:0` and `10.0.0.10` are one registrar. */
function hostOf(server: string): string {
  return server.trim().toLowerCase().replace(/:\d+$/, '');
}

/** The SIP service as a table: which accounts each registrar accepts. */
export class SipService {
  readonly #registrars = new Map<string, SipServiceSpec['registrars'][number]>();

  constructor(spec: SipServiceSpec | undefined) {
    for (const registrar of spec?.registrars ?? []) this.#registrars.set(hostOf(registrar.host), registrar);
  }

  /** What a line that is set up so gets. Nobody answers at a host that the table does not have. */
  serviceOf({ enabled, account }: LineSetup): LineService {
    if (!enabled) return 'disabled';
    if (account === null) return 'no-account';
    const registrar = this.#registrars.get(hostOf(account.host));
    if (registrar === undefined || !registrar.reachable) return 'no-answer';
    const known = registrar.accounts.find(({ user }) => user === account.user);
    if (known === undefined) return 'refused';
    const accepted = known.password === account.password && (known.authUser ?? known.user) === account.authUser;
    return accepted ? 'accepted' : 'refused';
  }
}
