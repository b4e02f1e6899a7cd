import { Inject, Injectable } from '@nestjs/common';
import type { PasskeyCreation, PasskeyMade } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database } from '../../../core/db/database.ts';
import type { Person } from '../../../core/http/implements.ts';
import { ProblemError } from '../../../core/http/problem-error.ts';
import { refused } from '../../../core/http/refuse.ts';
import { OwnAccounts } from '../../audit/index.ts';
import { FactorNotices } from '../factor-notices.ts';
import { checkName } from '../factor-name.ts';
import { FactorRules } from '../factor-rules.ts';
import { FactorRepository } from '../factor.repository.ts';
import { Challenges, type Holder } from './challenges.service.ts';
import type { ShownFrom } from './passkey-proof.service.ts';
import { PasskeyRepository } from './passkey.repository.ts';
import { challengeOf, RelyingParty } from './relying-party.ts';

/** A person has some devices and a key on a ring or two. */
const PASSKEYS_MAX = 20;

/** A person adds passkeys to their own account. */
@Injectable()
export class OwnPasskeys {
  constructor(
    private readonly db: Database,
    private readonly accounts: OwnAccounts,
    private readonly site: RelyingParty,
    private readonly challenges: Challenges,
    private readonly passkeys: PasskeyRepository,
    private readonly factors: FactorRepository,
    private readonly rules: FactorRules,
    private readonly notices: FactorNotices,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throws `factor-not-accepted`, and `already-exists` where the person has as many as they may. */
  async begin(caller: Person): Promise<PasskeyCreation> {
    await this.rules.checkAccepted(caller, 'passkey');
    const known = await this.db.tx(caller.scope, (sql) => this.passkeys.all(sql, caller.accountId));
    if (known.length >= PASSKEYS_MAX)
      throw new ProblemError('already-exists', { detail: `You have ${PASSKEYS_MAX} passkeys. Remove one first.` });
    return this.site.creation(await this.challenges.begin(enrolment(caller)), caller, known);
  }

  /** The passkey counts from now on. The first factor brings recovery codes, which are shown here alone. */
  async add(
    caller: Person,
    name: string,
    credential: PasskeyMade,
    from: ShownFrom,
  ): Promise<{ id: string; recoveryCodes: string[] | null }> {
    const { accountId } = caller;
    await this.rules.checkAccepted(caller, 'passkey');
    const challenge = challengeOf(credential.response.clientDataJSON);
    if (challenge === null || !(await this.challenges.take(enrolment(caller), challenge))) throw notMade();
    const made = await this.site.made(credential, challenge);
    if (made === null) throw notMade();
    const id = crypto.randomUUID();
    const at = new Date(this.now());
    return this.accounts.change(await this.accounts.of(caller), from.requestId, async (sql) => {
      const before = await this.factors.all(sql, accountId);
      checkName(name, before);
      if (!(await this.passkeys.add(sql, accountId, { ...made, id, name, at }))) throw notMade();
      const recoveryCodes = await this.factors.codesForFirst(sql, accountId, before, at);
      await this.factors.provedNow(sql, caller.sessionId, 'passkey');
      await this.notices.tell(sql, accountId, { kind: 'factor-added', factor: name });
      const change = { factor: name, address: from.address };
      return { result: { id, recoveryCodes }, entry: { verb: 'add-factor', change } };
    });
  }
}

const enrolment = ({ accountId, sessionId }: Person): Holder => ({ purpose: 'enrol', accountId, key: sessionId });

const notMade = () => refused('body.credential', 'a new passkey, made for this request; begin again');
