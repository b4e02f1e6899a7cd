import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { CONFIG, type Config } from '../../core/config.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';

const TIMEOUT_MS = 10_000;

/** A way to people that shares nothing with the alerting: mail sent directly, and a URL, both set by whoever runs Loopstart. */
@Injectable()
export class SecondWay {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** True when somebody was told. */
  async tell(state: 'missing' | 'working', text: string, at: number): Promise<boolean> {
    this.log[state === 'missing' ? 'fatal' : 'info']({ watchdog: state }, text);
    const told = await Promise.allSettled([this.#mail(text), this.#post(state, text, at)]);
    for (const one of told)
      if (one.status === 'rejected') this.log.error({ err: one.reason as Error }, 'the watchdog could not tell');
    return told.some((one) => one.status === 'fulfilled' && one.value);
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
