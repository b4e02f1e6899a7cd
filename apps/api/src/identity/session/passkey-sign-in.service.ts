import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PasskeyRequest, PasskeyShown } from '@loopstart/contracts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Cookies } from '../../core/session/cookies.ts';
import { PasskeyProof } from '../factors/index.ts';
import { type Entered, Entrance, type Origin } from './entrance.ts';

const COOKIE = 'loopstart_passkey';
const LIFE_S = 5 * 60;

/**
 * Signing in by a passkey alone: what the person has, and the finger, face or PIN that their device asked for. The browser
 * that asked is the one that answers, by a cookie: nobody can be signed in as somebody else by a link.
 */
@Injectable()
export class PasskeySignIn {
  readonly #cookies: Cookies;

  constructor(
    private readonly passkeys: PasskeyProof,
    private readonly entrance: Entrance,
    @Inject(CONFIG) config: Config,
  ) {
    this.#cookies = new Cookies(config);
  }

  /** Throws `too-many-requests`. */
  async begin(origin: Origin): Promise<{ options: PasskeyRequest; cookie: string }> {
    const key = randomBytes(32).toString('base64url');
    const options = await this.passkeys.begin(holderOf(key), origin);
    return { options, cookie: this.#cookies.set(COOKIE, key, LIFE_S) };
  }

  /** Throws `invalid-input` at the passkey, whatever is wrong with it, `too-many-requests`, and what `Entrance` throws. */
  async signIn(credential: PasskeyShown, origin: Origin): Promise<Entered> {
    const key = this.#cookies.read(origin.cookieHeader, COOKIE);
    // Refused as any other passkey that proves nothing: a key that no cookie holds has no challenge.
    const owner = await this.passkeys.prove(holderOf(key ?? ''), credential, origin);
    const entered = await this.entrance.enter({ ...owner, methods: ['passkey'] }, origin);
    return { ...entered, cookies: [...entered.cookies, this.#cookies.set(COOKIE, '', 0)] };
  }
}

const holderOf = (key: string) => ({ purpose: 'sign-in', accountId: null, key }) as const;
