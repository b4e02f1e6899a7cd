import type { GuardedHttp } from '../../../core/egress/guarded-http.ts';
import { type Adapter, exchange, json } from './adapter.ts';
import { shorten, type Words, wordsOf } from './words.ts';

/** Limits of Block Kit: header, text of a section, and fields of a section. */
const HEADER_MAX = 150;
const SECTION_MAX = 3_000;
const FIELDS_MAX = 10;
const FIELD_MAX = 2_000;

/** An incoming webhook of Slack. */
export function slackAdapter(http: GuardedHttp, origin: string): Adapter<'slack'> {
  return ({ settings }, { payload, now }) =>
    exchange(http, json('POST', settings.url, slackMessage(wordsOf(payload, origin))), now);
}

/** The rendered message as Block Kit, with a plain text for notifications. */
export function slackMessage({ title, lines, facts, severity, calm, url }: Words): object {
  const section = (text: string) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: shorten(escape(text), SECTION_MAX) },
  });
  return {
    text: escape(title),
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: shorten(`${sign(severity, calm)} ${title}`, HEADER_MAX), emoji: true },
      },
      ...(lines.length === 0 ? [] : [section(lines.join('\n'))]),
      ...(facts.length === 0
        ? []
        : [
            {
              type: 'section',
              fields: facts.slice(0, FIELDS_MAX).map(([name, value]) => ({
                type: 'mrkdwn',
                text: shorten(`*${escape(name)}*\n${escape(value)}`, FIELD_MAX),
              })),
            },
          ]),
      ...(url === null
        ? []
        : [
            {
              type: 'actions',
              elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open in Loopstart' }, url }],
            },
          ]),
    ],
  };
}

/** Slack's three special characters. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function sign(severity: Words['severity'], calm: boolean): string {
  if (calm) return ':white_check_mark:';
  return {
    critical: ':red_circle:',
    major: ':large_orange_circle:',
    minor: ':large_yellow_circle:',
    info: ':large_blue_circle:',
  }[severity];
}
