import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { Cookies } from './cookies.ts';

const DEVICE_COOKIE = 'loopstart_device';
const LIFE_S = 400 * 86_400;
const NONCE_BYTES = 16;

/**
 * Browsers in which an account has signed in before. They have a rate limit of their own, so that an attacker who
 * guesses passwords cannot slow down the account's owner. The cookie proves only that: it signs no one in.
 */
@Injectable()
export class KnownDevice {
  readonly #cookies: Cookies;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.#cookies = new Cookies(config);
  }

  /** The device's name where its cookie is valid and for this account; else null. */
  of(cookieHeader: string | undefined, account: string): string | null {
    const [nonce = '', proof = ''] = (this.#cookies.read(cookieHeader, DEVICE_COOKIE) ?? '').split('.');
    const given = Buffer.from(proof, 'base64url');
    // A cookie that was signed with a former key is as good.
    const isRight = this.config.secretKeys().some((key) => {
      const right = proofBy(key, nonce, account);
      return given.length === right.length && timingSafeEqual(given, right);
    });
    return isRight ? nonce : null;
  }

  /** The Set-Cookie header by which this browser is known for the account from now on. */
  remember(account: string): string {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const proof = proofBy(this.config.secretKeys()[0]!, nonce, account).toString('base64url');
    return this.#cookies.set(DEVICE_COOKIE, `${nonce}.${proof}`, LIFE_S);
  }
}

function proofBy(key: Buffer, nonce: string, account: string): Buffer {
  return createHmac('sha256', key).update(`known-device\0${nonce}\0${account}`).digest();
}
