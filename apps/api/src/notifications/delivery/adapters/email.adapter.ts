import { escapeHtml } from '../../../core/mail/html.ts';
import type { Mailer } from '../../../core/mail/mailer.ts';
import { type Adapter, DELIVERED } from './adapter.ts';
import { isIncident, type Words, wordsOf } from './words.ts';

/** E-mail by the mail server of the installation. All messages of an incident are one thread. */
export function emailAdapter(mailer: Mailer, origin: string): Adapter<'email'> {
  return async ({ settings }, { payload, webhookId, recipient }) => {
    const words = wordsOf(payload, origin);
    const thread = isIncident(payload) ? `<incident-${payload.data.incidentId}@${mailer.host}>` : null;
    const { error, status, answer, rejected } = await mailer.send({
      to: recipient === null ? settings.to : [recipient],
      subject: words.title,
      text: plainText(words),
      html: htmlText(words),
      messageId: `<${webhookId}@${mailer.host}>`,
      ...(thread === null ? {} : { inReplyTo: thread, references: [thread] }),
    });
    // The mail server belongs to the installation, not to the channel, so a refusal is retried.
    if (error !== null) return { ...DELIVERED, outcome: 'failed', error, answer, status };
    // A retry would reach those twice who have it already.
    return { ...DELIVERED, error: rejected.length === 0 ? null : `Not taken for ${rejected.join(', ')}.`, answer };
  };
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
  const rows = facts.map(
    ([name, value]) => `<tr><th align="left">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return [
    `<h2>${escapeHtml(title)}</h2>`,
    ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...(rows.length === 0 ? [] : [`<table cellpadding="4">${rows.join('')}</table>`]),
    ...(url === null ? [] : [`<p><a href="${escapeHtml(url)}">Open in Loopstart</a></p>`]),
  ].join('\n');
}
