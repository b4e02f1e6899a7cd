import { createTransport, type Transporter } from 'nodemailer';
import { type Adapter, DELIVERED, type Sent } from './adapter.ts';
import { isIncident, type Words, wordsOf } from './words.ts';

/** Timeouts of the SMTP phases; together less than an attempt may take. */
const TIMEOUT_MS = 10_000;
/** Concurrent connections to the mail server. */
const CONNECTIONS = 4;

/** The mail transport; null where the installation has no mail server. */
export interface MailSettings {
  url: string | null;
  from: string;
  /** Address of the console; its host is the domain of message ids. */
  origin: string;
}

/** E-mail by the mail server of the installation. All messages of an incident are one thread. */
export function emailAdapter({ url, from, origin }: MailSettings): Adapter<'email'> & { close(): void } {
  const transport: Transporter | null =
    url === null
      ? null
      : createTransport(
          {
            url,
            pool: true,
            maxConnections: CONNECTIONS,
            connectionTimeout: TIMEOUT_MS,
            greetingTimeout: TIMEOUT_MS,
            socketTimeout: TIMEOUT_MS,
          },
          { from },
        );
  const host = new URL(origin).hostname;
  const send: Adapter<'email'> = async ({ settings }, { payload, webhookId, recipient }) => {
    if (transport === null) return failed('This installation has no mail server (SMTP_URL).', null);
    const words = wordsOf(payload, origin);
    const thread = isIncident(payload) ? `<incident-${payload.data.incidentId}@${host}>` : null;
    try {
      const { response, rejected = [] } = await transport.sendMail({
        to: recipient === null ? settings.to : [recipient],
        subject: words.title,
        text: plainText(words),
        html: htmlText(words),
        messageId: `<${webhookId}@${host}>`,
        ...(thread === null ? {} : { inReplyTo: thread, references: [thread] }),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      // A retry would reach those twice who have it already.
      const error = rejected.length === 0 ? null : `Not taken for ${rejected.map(addressOf).join(', ')}.`;
      return { ...DELIVERED, error, answer: response ?? null };
    } catch (error) {
      const { responseCode, response, message } = error as {
        responseCode?: number;
        response?: string;
        message: string;
      };
      return {
        ...failed(responseCode === undefined ? message : `The mail server answered ${responseCode}.`, response ?? null),
        status: responseCode ?? null,
      };
    }
  };
  return Object.assign(send, { close: () => transport?.close() });
}

function addressOf(recipient: string | { address: string }): string {
  return typeof recipient === 'string' ? recipient : recipient.address;
}

/** The mail server belongs to the installation, not to the channel, so a refusal is retried. */
function failed(error: string, answer: string | null): Sent {
  return { ...DELIVERED, outcome: 'failed', error, answer };
}

function plainText({ title, lines, facts, url }: Words): string {
  return [
    title,
    '',
    ...lines,
    ...(facts.length === 0 ? [] : ['', ...facts.map(([name, value]) => `${name}: ${value}`)]),
    ...(url === null ? [] : ['', url]),
  ].join('\n');
}

function htmlText({ title, lines, facts, url }: Words): string {
  const rows = facts.map(([name, value]) => `<tr><th align="left">${escape(name)}</th><td>${escape(value)}</td></tr>`);
  return [
    `<h2>${escape(title)}</h2>`,
    ...lines.map((line) => `<p>${escape(line)}</p>`),
    ...(rows.length === 0 ? [] : [`<table cellpadding="4">${rows.join('')}</table>`]),
    ...(url === null ? [] : [`<p><a href="${escape(url)}">Open in Loopstart</a></p>`]),
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
