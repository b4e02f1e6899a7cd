import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { CONFIG, type Config } from '../../core/config.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';

const TIMEOUT_MS = 10_000;

/** Notifies people without any part of alerting: by mail sent directly and by a URL, both configured for the installation. */
@Injectable()
export class OutOfBandNotifier {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** True when at least one notification went out. */
  async notify(state: 'missing' | 'working', text: string, at: number): Promise<boolean> {
    this.log[state === 'missing' ? 'fatal' : 'info']({ watchdog: state }, text);
    const attempts = await Promise.allSettled([this.#mail(text), this.#post(state, text, at)]);
    for (const attempt of attempts)
      if (attempt.status === 'rejected')
        this.log.error({ err: attempt.reason as Error }, 'failed to send an out-of-band notification');
    return attempts.some((attempt) => attempt.status === 'fulfilled' && attempt.value);
  }

  async #mail(text: string): Promise<boolean> {
    const { SMTP_URL: url, SMTP_FROM: from, WATCHDOG_EMAIL: to } = this.config;
    if (url === undefined || to === undefined) return false;
    const transport = createTransport(url, { connectionTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS } as never);
    try {
      await transport.sendMail({
        from,
        to,
        subject: `Loopstart: ${text}`,
        text: `${text}\n\n${this.config.PUBLIC_URL}\n`,
      });
      return true;
    } finally {
      transport.close();
    }
  }

  async #post(state: string, text: string, at: number): Promise<boolean> {
    const { WATCHDOG_URL: url } = this.config;
    if (url === undefined) return false;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ state, text, at: new Date(at).toISOString() }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`WATCHDOG_URL answered ${response.status}.`);
    return true;
  }
}
