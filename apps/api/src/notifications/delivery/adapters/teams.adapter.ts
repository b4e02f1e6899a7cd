import type { GuardedHttp } from '../../../core/egress/guarded-http.ts';
import { type Adapter, exchange, json } from './adapter.ts';
import { type Words, wordsOf } from './words.ts';

const COLOURS = { critical: 'Attention', major: 'Attention', minor: 'Warning', info: 'Accent' } as const;

/** An incoming webhook of Microsoft Teams (a workflow that posts cards). */
export function teamsAdapter(http: GuardedHttp, origin: string): Adapter<'teams'> {
  return ({ settings }, { payload, now }) =>
    exchange(http, json('POST', settings.url, teamsMessage(wordsOf(payload, origin))), now);
}

/** The rendered message as an Adaptive Card. */
export function teamsMessage({ title, lines, facts, severity, calm, url }: Words): object {
  const block = (text: string, look: object = {}) => ({ type: 'TextBlock', text: escape(text), wrap: true, ...look });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(title, { size: 'Medium', weight: 'Bolder', color: calm ? 'Good' : COLOURS[severity] }),
            ...lines.map((line) => block(line)),
            ...(facts.length === 0
              ? []
              : [{ type: 'FactSet', facts: facts.map(([name, value]) => ({ title: name, value: escape(value) })) }]),
          ],
          actions: url === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open in Loopstart', url }],
        },
      },
    ],
  };
}

/** Cards render a part of Markdown: names must not become links or lists. */
function escape(text: string): string {
  return text.replace(/[\\`*_[\]()#]/g, '\\$&');
}
