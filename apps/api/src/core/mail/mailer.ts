import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { MailMode } from '@loopstart/contracts';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { CONFIG, type Config } from '../config.ts';

/** Timeouts of the SMTP phases; together less than an attempt of a delivery may take. */
const TIMEOUT_MS = 10_000;
/** Concurrent connections to the mail server. */
const CONNECTIONS = 4;

/** What a mail server said to one mail. */
export interface Mailed {
  /** Null: it was taken. */
  error: string | null;
  status: number | null;
  answer: string | null;
  /** Addresses that were refused while others were taken. */
  rejected: readonly string[];
}

/** The installation's way to send mail: one connection pool for the mail of channels and of people. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  /** Null: this installation has no mail server. */
  readonly #transport: Transporter | null;
  /** How mail to people leaves; in the demo it is kept for a page of the console. */
  readonly mode: MailMode;
  /** Domain of message ids. */
  readonly host: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'SMTP_URL' | 'SMTP_FROM' | 'PUBLIC_URL' | 'DEMO_MAILBOX'>) {
    this.host = new URL(config.PUBLIC_URL).hostname;
    this.mode = config.SMTP_URL !== undefined ? 'smtp' : config.DEMO_MAILBOX ? 'mailbox' : 'none';
    this.#transport =
      config.SMTP_URL === undefined
        ? null
        : createTransport(
            {
              url: config.SMTP_URL,
              pool: true,
              maxConnections: CONNECTIONS,
              connectionTimeout: TIMEOUT_MS,
              greetingTimeout: TIMEOUT_MS,
              socketTimeout: TIMEOUT_MS,
            },
            { from: config.SMTP_FROM },
          );
  }

  /** One attempt. Never throws: what went wrong is in the answer. */
  async send(
    mail: Pick<SendMailOptions, 'to' | 'subject' | 'text' | 'html' | 'messageId' | 'inReplyTo' | 'references'>,
  ): Promise<Mailed> {
    if (this.#transport === null)
      return { error: 'This installation has no mail server (SMTP_URL).', status: null, answer: null, rejected: [] };
    try {
      const { response, rejected = [] } = await this.#transport.sendMail({
        ...mail,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return { error: null, status: null, answer: response ?? null, rejected: rejected.map(addressOf) };
    } catch (error) {
      const { responseCode, response, message } = error as {
        responseCode?: number;
        response?: string;
        message: string;
      };
      return {
        error: responseCode === undefined ? message : `The mail server answered ${responseCode}.`,
        status: responseCode ?? null,
        answer: response ?? null,
        rejected: [],
      };
    }
  }

  onApplicationShutdown(): void {
    this.#transport?.close();
  }
}

function addressOf(recipient: string | { address: string }): string {
  return typeof recipient === 'string' ? recipient : recipient.address;
}
