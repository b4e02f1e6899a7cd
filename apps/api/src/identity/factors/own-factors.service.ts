import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import { found, ProblemError, tooFast } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { SecondStepPace } from '../../core/session/second-step-pace.ts';
import { OwnAccounts } from '../audit/index.ts';
import { checkName } from './factor-name.ts';
import { FactorNotices } from './factor-notices.ts';
import { FactorRules } from './factor-rules.ts';
import { FactorRepository } from './factor.repository.ts';
import { EXPECTED } from './factors.service.ts';
import { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { newTotpKey, totpUri } from './totp-code.ts';
import { TotpRepository } from './totp.repository.ts';

/** A person has a phone or two, and one that they forgot. */
const APPS_MAX = 10;
/** How long an app may wait for its first code. */
const BEGUN_FOR_MS = 30 * 60_000;

/** What a person does with their own second factors. */
@Injectable()
export class OwnFactorsService {
  constructor(
    private readonly db: Database,
    private readonly accounts: OwnAccounts,
    private readonly factors: FactorRepository,
    private readonly rules: FactorRules,
    private readonly totp: TotpRepository,
    private readonly recovery: RecoveryCodeRepository,
    private readonly notices: FactorNotices,
    private readonly pace: SecondStepPace,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list(caller: Person) {
    const { accountId, scope } = caller;
    const policy = await this.rules.of(caller);
    const { memberships } = await this.accounts.of(caller);
    return this.db.tx(scope, async (sql) => {
      const all = await this.factors.all(sql, accountId);
      const neededBy = await this.rules.neededBy(caller, memberships, all);
      const items = all.map((one) => ({
        id: one.id,
        kind: one.kind,
        name: one.name,
        addedAt: one.createdAt.toISOString(),
        lastUsedAt: one.lastUsedAt?.toISOString() ?? null,
        accepted: policy.accepts.includes(one.kind),
        neededBy: neededBy(one),
      }));
      const { rows } = await sql.query<{ has: boolean }>(
        'select password_hash is not null as has from account_credential where account_id = $1',
        [accountId],
      );
      const recoveryCodesLeft = await this.recovery.left(sql, accountId);
      return { items, recoveryCodesLeft, hasPassword: rows[0]?.has ?? false, policy };
    });
  }

  /** A new app that proves nothing before a code of it was shown. Its key is shown here alone. */
  async begin(caller: Person, name: string): Promise<{ id: string; key: string; uri: string }> {
    const { accountId, email, scope } = caller;
    await this.rules.checkAccepted(caller, 'totp');
    const id = crypto.randomUUID();
    const key = newTotpKey();
    return this.db.tx(scope, async (sql) => {
      await this.totp.forgetBegun(sql, accountId, new Date(this.now() - BEGUN_FOR_MS));
      const apps = await this.totp.all(sql, accountId);
      if (apps.length >= APPS_MAX)
        throw new ProblemError('already-exists', {
          detail: `You have added or begun to add ${APPS_MAX} apps. Remove one, or wait for half an hour.`,
        });
      checkName(name, await this.factors.all(sql, accountId));
      await this.totp.add(sql, accountId, { id, name, key, at: new Date(this.now()) });
      return { id, key, uri: totpUri(key, email) };
    });
  }

  /** The app counts from now on. The first one brings recovery codes, which are shown here alone. */
  async confirm(
    caller: Person,
    id: string,
    code: string,
    from: { address: string; requestId: string },
  ): Promise<{ recoveryCodes: string[] | null }> {
    const { accountId } = caller;
    const now = this.now();
    await this.rules.checkAccepted(caller, 'totp');
    const shown = { accountId, device: caller.sessionId, address: from.address, step: 'totp' };
    const { waitMs, succeeded } = await this.pace.begin(shown, now);
    if (waitMs > 0) throw tooFast(waitMs);
    const done = await this.accounts.change(await this.accounts.of(caller), from.requestId, async (sql) => {
      const apps = await this.totp.all(sql, accountId);
      const app = found(apps.find((one) => one.id === id && one.confirmedAt === null));
      const verdict = await this.totp.use(sql, accountId, code, [id], now);
      if (verdict !== 'accepted') throw refused('body.code', EXPECTED[verdict]);
      const before = await this.factors.all(sql, accountId);
      await this.totp.confirm(sql, id, new Date(now));
      const recoveryCodes = await this.factors.codesForFirst(sql, accountId, before, new Date(now));
      await this.factors.provedNow(sql, caller.sessionId, 'totp');
      await this.notices.tell(sql, accountId, { kind: 'factor-added', factor: app.name });
      const change = { factor: app.name, address: from.address };
      return { result: { recoveryCodes }, entry: { verb: 'add-factor', change } };
    });
    await succeeded();
    return done;
  }

  async rename(caller: Person, id: string, name: string, from: { requestId: string }): Promise<void> {
    const { accountId } = caller;
    await this.accounts.change(await this.accounts.of(caller), from.requestId, async (sql) => {
      const all = await this.factors.all(sql, accountId);
      const one = found(all.find((factor) => factor.id === id));
      const others = all.filter((factor) => factor.id !== id);
      checkName(name, others);
      if (one.name === name) return { result: undefined, entry: null };
      await this.factors.rename(sql, accountId, one, name);
      const entry = { verb: 'rename-factor', change: { factor: name }, before: { factor: one.name } } as const;
      return { result: undefined, entry };
    });
  }

  /** With the last one, the recovery codes go too. Throws `last-factor` where an operator of the person requires it. */
  async remove(caller: Person, id: string, from: { address: string; requestId: string }): Promise<void> {
    const { accountId } = caller;
    const account = await this.accounts.of(caller);
    await this.accounts.change(account, from.requestId, async (sql) => {
      await this.rules.lock(sql, accountId);
      const all = await this.factors.all(sql, accountId);
      const one = found(all.find((factor) => factor.id === id));
      const operator = (await this.rules.neededBy(caller, account.memberships, all))(one);
      if (operator !== null)
        throw new ProblemError('last-factor', {
          detail: `${operator} requires a second factor of you, and “${one.name}” is the last one that it accepts. Add another one first.`,
        });
      await this.factors.remove(sql, accountId, all, one);
      await this.notices.tell(sql, accountId, { kind: 'factor-removed', factor: one.name });
      const change = { factor: one.name, address: from.address };
      return { result: undefined, entry: { verb: 'remove-factor', change } };
    });
  }

  /** A new set; the old one ends. */
  async renewCodes(caller: Person, from: { address: string; requestId: string }): Promise<{ recoveryCodes: string[] }> {
    const { accountId } = caller;
    return this.accounts.change(await this.accounts.of(caller), from.requestId, async (sql) => {
      if ((await this.factors.all(sql, accountId)).length === 0)
        throw new ProblemError('not-found', { detail: 'Add a second factor first: codes stand in for it.' });
      const recoveryCodes = await this.recovery.replace(sql, accountId, new Date(this.now()));
      await this.notices.tell(sql, accountId, { kind: 'codes-renewed' });
      return { result: { recoveryCodes }, entry: { verb: 'renew-codes', change: { address: from.address } } };
    });
  }
}
