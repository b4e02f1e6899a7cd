import { Injectable } from '@nestjs/common';
import { networkOf } from '../http/client-address.ts';
import type { Pace, Try } from '../http/pace.ts';
import { PaceRepository } from '../http/pace.repository.ts';

const MINUTE_MS = 60_000;
/** Requests by the token of a link or the set-up code from one address: bounds their cost, guessing is hopeless. */
const ADDRESS: Pace = { burst: 60, intervalMs: MINUTE_MS / 30 };
/** Estimates of passwords for one address, some for each word that is typed. */
const ESTIMATES: Pace = { burst: 120, intervalMs: MINUTE_MS / 120 };
/** Resets that one address asks for, of any accounts. */
const ASKING: Pace = { burst: 10, intervalMs: 2 * MINUTE_MS };
/** Mails to one address, whoever asks. */
const RECIPIENT: Pace = { burst: 4, intervalMs: 10 * MINUTE_MS };

/**
 * Rate limits of what people do before they are signed in, beside signing in. None locks an owner out: an address that is
 * asked for too often still has the links that were sent, each of which works until it expires, and gets the next one soon.
 */
@Injectable()
export class LinkPace {
  constructor(private readonly paces: PaceRepository) {}

  /** How long until this address may present a token or a code; 0: now. */
  present(address: string, now: number): Promise<number> {
    return this.paces.take([{ key: `link ${networkOf(address)}`, pace: ADDRESS }], now);
  }

  /** How long until this address gets another estimate of a password; 0: now. */
  estimate(address: string, now: number): Promise<number> {
    return this.paces.take([{ key: `estimate ${networkOf(address)}`, pace: ESTIMATES }], now);
  }

  /** How long until this address may ask for a reset; 0: now. */
  ask(address: string, now: number): Promise<number> {
    return this.paces.take([{ key: `ask-reset ${networkOf(address)}`, pace: ASKING }], now);
  }

  /** Whether one more mail may go to a recipient. A refusal is shown to nobody who is not signed in. */
  async mail(recipient: string, now: number): Promise<boolean> {
    const one: Try = { key: `mail ${recipient.toLowerCase()}`, pace: RECIPIENT };
    return (await this.paces.take([one], now)) === 0;
  }
}
