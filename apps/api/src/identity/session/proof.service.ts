import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Person } from '../../core/http/implements.ts';
import { Changes } from '../audit/index.ts';
import { Factors, PasskeyProof } from '../factors/index.ts';
import { OwnPassword } from './own-password.ts';

type Shown = z.output<typeof endpoints.proveAgain.body>;

/** A signed-in person proves again who they are, before a dangerous act. */
@Injectable()
export class ProofService {
  constructor(
    private readonly password: OwnPassword,
    private readonly factors: Factors,
    private readonly passkeys: PasskeyProof,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The session counts as just signed in. Throws `invalid-input` at what was shown, or `too-many-requests`. */
  async prove(caller: Person, shown: Shown, from: { address: string; requestId: string }): Promise<void> {
    const { sessionId, userId } = caller;
    const { address, requestId } = from;
    await this.#judge(caller, shown, from);
    await this.changes.make({ caller, requestId }, async (sql) => {
      await sql.query(
        `update session set authenticated_at = $2,
           methods = case when $3 = any (methods) then methods else array_append(methods, $3) end where id = $1`,
        [sessionId, new Date(this.now()), shown.by],
      );
      const change = { by: shown.by, address };
      return { result: undefined, audit: { verb: 'prove-again', subjectType: 'user', subjectId: userId, change } };
    });
  }

  /** What the browser asks for a passkey with. */
  passkeyOptions(caller: Person, from: { address: string }) {
    return this.passkeys.begin(proofOf(caller), from);
  }

  async #judge(caller: Person, shown: Shown, from: { address: string; requestId: string }): Promise<void> {
    const { accountId, sessionId: device } = caller;
    const { address } = from;
    if (shown.by === 'password') await this.password.prove(caller, shown.password, 'body.password');
    else if (shown.by === 'passkey') await this.passkeys.prove(proofOf(caller), shown.credential, from);
    else await this.factors.prove({ accountId, step: 'totp', code: shown.code, device, address });
  }
}

const proofOf = ({ accountId, sessionId }: Person) => ({ purpose: 'proof', accountId, key: sessionId }) as const;
