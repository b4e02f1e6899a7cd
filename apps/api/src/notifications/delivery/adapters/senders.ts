import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config.ts';
import { GuardedHttp } from '../../../core/egress/guarded-http.ts';
import { Mailer } from '../../../core/mail/mailer.ts';
import type { OpenChannel, Sending, Sent } from './adapter.ts';
import { emailAdapter } from './email.adapter.ts';
import { opsgenieAdapter } from './opsgenie.adapter.ts';
import { pagerdutyAdapter } from './pagerduty.adapter.ts';
import { slackAdapter } from './slack.adapter.ts';
import { teamsAdapter } from './teams.adapter.ts';
import { ticketAdapter } from './ticket.adapter.ts';
import { webhookAdapter } from './webhook.adapter.ts';

/** Sends a message by a channel of any kind. */
@Injectable()
export class Senders {
  readonly #adapters;
  readonly #own = new Map<string, (channel: OpenChannel, sending: Sending) => Promise<Sent>>();

  constructor(http: GuardedHttp, mailer: Mailer, @Inject(CONFIG) config: Config) {
    const origin = config.PUBLIC_URL.replace(/\/$/, '');
    this.#adapters = {
      webhook: webhookAdapter(http),
      email: emailAdapter(mailer, origin),
      slack: slackAdapter(http, origin),
      teams: teamsAdapter(http, origin),
      pagerduty: pagerdutyAdapter(http, origin),
      opsgenie: opsgenieAdapter(http, origin),
      ticket: ticketAdapter(http, origin),
    };
  }

  /** A channel of Loopstart itself is sent to by `send`: the guard would rightly refuse its address. */
  own(channelId: string, send: (channel: OpenChannel, sending: Sending) => Promise<Sent>): void {
    this.#own.set(channelId, send);
  }

  /** One attempt. Throws errors of the network. */
  send(open: OpenChannel, sending: Sending): Promise<Sent> {
    const own = this.#own.get(open.id);
    if (own !== undefined) return own(open, sending);
    const { settings, ...channel } = open;
    switch (settings.kind) {
      case 'webhook':
        return this.#adapters.webhook({ ...channel, settings }, sending);
      case 'email':
        return this.#adapters.email({ ...channel, settings }, sending);
      case 'slack':
        return this.#adapters.slack({ ...channel, settings }, sending);
      case 'teams':
        return this.#adapters.teams({ ...channel, settings }, sending);
      case 'pagerduty':
        return this.#adapters.pagerduty({ ...channel, settings }, sending);
      case 'opsgenie':
        return this.#adapters.opsgenie({ ...channel, settings }, sending);
      case 'ticket':
        return this.#adapters.ticket({ ...channel, settings }, sending);
    }
  }
}
