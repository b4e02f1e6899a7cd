import { Inject, Injectable } from '@nestjs/common';
import type { PasskeyRequest, PasskeyShown } from '@loopstart/contracts';
import { isCounterBehind } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database } from '../../../core/db/database.ts';
import { accountAlone } from '../../../core/db/scope.ts';
import { tooFast } from '../../../core/http/problem-error.ts';
import { refused } from '../../../core/http/refuse.ts';
import { LOGGER, type Logger } from '../../../core/observe/logger.ts';
import { SecondStepPace } from '../../../core/session/second-step-pace.ts';
import { OwnAccounts } from '../../audit/index.ts';
import { Challenges, type Holder } from './challenges.service.ts';
import { PasskeyRepository } from './passkey.repository.ts';
import { challengeOf, handleOf, RelyingParty } from './relying-party.ts';

/** From where a passkey is shown. */
export interface ShownFrom {
  address: string;
  requestId: string;
}

/** Whose passkey was shown. */
export interface PasskeyOwner {
  accountId: string;
  email: string;
  name: string;
}

/** Why a passkey proves nothing: `counter` means that there may be a copy of it. */
type Reason = 'not-valid' | 'counter';

/** Asks a person for a passkey of theirs, and judges what their browser answers. */
@Injectable()
export class PasskeyProof {
  constructor(
    private readonly db: Database,
    private readonly site: RelyingParty,
    private readonly challenges: Challenges,
    private readonly passkeys: PasskeyRepository,
    private readonly accounts: OwnAccounts,
    private readonly pace: SecondStepPace,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Throws `too-many-requests`. */
  async begin(holder: Holder, { address }: Pick<ShownFrom, 'address'>): Promise<PasskeyRequest> {
    const { waitMs } = await this.pace.beginPasskey('ask', address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    const { accountId } = holder;
    const known =
      accountId === null ? [] : await this.db.tx(accountAlone(accountId), (sql) => this.passkeys.all(sql, accountId));
    return this.site.request(await this.challenges.begin(holder), known);
  }

  /**
   * Returns whose passkey it is, which counts as used now. Whatever is wrong, the answer is one: `invalid-input` at
   * `body.credential`. Throws `too-many-requests`, too.
   */
  async prove(holder: Holder, shown: PasskeyShown, from: ShownFrom): Promise<PasskeyOwner> {
    const { waitMs, succeeded } = await this.pace.beginPasskey('show', from.address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    const challenge = challengeOf(shown.response.clientDataJSON);
    // Used up before anything is judged: an answer is tried once, whatever becomes of it.
    const isOurs = challenge !== null && (await this.challenges.take(holder, challenge));
    const owner = await this.#ownerOf(shown);
    if (!isOurs || owner === null || (holder.accountId !== null && owner.accountId !== holder.accountId)) {
      this.log.warn({ ...from, purpose: holder.purpose }, 'passkey refused');
      throw refused('body.credential', PASSKEY_EXPECTED);
    }
    const reason = await this.#judge(owner, shown, challenge, holder.purpose);
    if (reason !== null) {
      await this.#recordRefusal(owner, reason, from);
      throw refused('body.credential', PASSKEY_EXPECTED);
    }
    await succeeded();
    return owner;
  }

  async #ownerOf({ id }: PasskeyShown): Promise<PasskeyOwner | null> {
    const { rows } = await this.db.query<{ account_id: string; email: string; name: string }>(
      'select * from resolve_passkey($1)',
      [Buffer.from(id, 'base64url')],
    );
    const row = rows[0];
    return row === undefined ? null : { accountId: row.account_id, email: row.email, name: row.name };
  }

  #judge(
    { accountId }: PasskeyOwner,
    shown: PasskeyShown,
    challenge: string,
    purpose: Holder['purpose'],
  ): Promise<Reason | null> {
    const { userHandle } = shown.response;
    // Where the passkey alone says who it is, it must name the account, too (WebAuthn Level 3, section 7.2, step 6).
    const isNamed = userHandle === undefined ? purpose !== 'sign-in' : userHandle === handleOf(accountId);
    return this.db.tx(accountAlone(accountId), async (sql) => {
      const row = await this.passkeys.find(sql, accountId, Buffer.from(shown.id, 'base64url'));
      if (row === undefined || !isNamed) return 'not-valid';
      const counter = await this.site.counterOf(shown, challenge, row);
      if (counter === null) return 'not-valid';
      if (isCounterBehind(row.counter, counter)) return 'counter';
      await this.passkeys.used(sql, row.id, counter, new Date(this.now()));
      return null;
    });
  }

  /** In the trail of every operator where its owner works. */
  async #recordRefusal(owner: PasskeyOwner, reason: Reason, { address, requestId }: ShownFrom): Promise<void> {
    this.log.warn({ address, requestId, accountId: owner.accountId, reason }, 'passkey refused');
    await this.accounts.change(await this.accounts.of(owner), requestId, () =>
      Promise.resolve({ result: undefined, entry: { verb: 'passkey-refused', change: { reason, address } } }),
    );
  }
}

const PASSKEY_EXPECTED = 'a passkey that you have added here, used for this request';
