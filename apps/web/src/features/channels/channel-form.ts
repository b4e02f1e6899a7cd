import { type Channel, type ChannelInput, type ChannelKind, secretsToGiveAgain } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { matchDraftOf, type MatchDraft, matchOf } from '../matching/index.ts';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

type TicketInput = Extract<ChannelInput, { kind: 'ticket' }>;

/** A channel as it is edited: text of all kinds, of which the chosen kind sends its own. */
export interface ChannelDraft {
  kind: ChannelKind;
  name: string;
  url: string;
  signing: 'v1' | 'v1a';
  /** Mail addresses, by line or comma. */
  to: string;
  routingKey: string;
  apiKey: string;
  region: 'us' | 'eu';
  credentials: string;
  /** "Name: value", a line each. */
  headers: string;
  idPath: string;
  openBody: string;
  updateBody: string;
  closeBody: string;
  updateMethod: TicketInput['updateMethod'];
  updateAt: NonNullable<TicketInput['updateAt']>;
  findQuery: string;
  match: MatchDraft;
}

/** Bodies to begin with; the API lists the places it knows where one is mistyped. */
const TICKET = {
  openBody: JSON.stringify(
    {
      summary: '{{incident.title}}: {{incident.place}}',
      description: '{{message.text}}\n\n{{incident.firstStep}}\n{{incident.url}}',
      priority: '{{incident.severity}}',
      externalId: '{{incident.dedupKey}}',
    },
    null,
    2,
  ),
  updateBody: JSON.stringify({ note: '{{message.text}}' }, null, 2),
  closeBody: JSON.stringify({ status: 'closed', resolution: '{{incident.resolution}}' }, null, 2),
};

export function newDraft(kind: ChannelKind): ChannelDraft {
  return {
    kind,
    name: '',
    url: '',
    signing: 'v1',
    to: '',
    routingKey: '',
    apiKey: '',
    region: 'us',
    credentials: '',
    headers: '',
    idPath: 'id',
    ...TICKET,
    updateMethod: 'PATCH',
    updateAt: 'ticket',
    findQuery: '',
    match: matchDraftOf({}),
  };
}

/** A stored channel; its secrets never come back, so their fields are empty and mean "as it was". */
export function draftOf(channel: Channel): ChannelDraft {
  const { config } = channel;
  const text = (key: string, otherwise = '') => (typeof config[key] === 'string' ? config[key] : otherwise);
  const fresh = newDraft(channel.kind);
  return {
    ...fresh,
    name: channel.name,
    url: text('url'),
    signing: text('signing') === 'v1a' ? 'v1a' : 'v1',
    to: Array.isArray(config['to']) ? config['to'].join('\n') : '',
    region: text('region') === 'eu' ? 'eu' : 'us',
    idPath: text('idPath', 'id'),
    openBody: text('openBody', fresh.openBody),
    updateBody: text('updateBody', fresh.updateBody),
    closeBody: text('closeBody', fresh.closeBody),
    updateMethod: (['PATCH', 'PUT', 'POST'] as const).find((one) => one === config['updateMethod']) ?? 'PATCH',
    updateAt: text('updateAt') === 'collection' ? 'collection' : 'ticket',
    findQuery: text('findQuery'),
    match: matchDraftOf(channel.filters),
  };
}

/** What is sent for a draft; it still has to pass the contract's schema. An empty secret is left out. */
export function inputOf(draft: ChannelDraft): z.input<typeof ChannelInput> {
  const { kind } = draft;
  const name = draft.name;
  const url = draft.url.trim();
  const ownUrl = url === '' ? {} : { url };
  switch (kind) {
    case 'webhook':
      return { kind, name, url, signing: draft.signing, filters: matchOf(draft.match) };
    case 'email':
      return { kind, name, to: splitAddresses(draft.to) };
    case 'slack':
    case 'teams':
      return { kind, name, ...ownUrl };
    case 'pagerduty':
      return { kind, name, region: draft.region, ...ownUrl, ...secret('routingKey', draft.routingKey) };
    case 'opsgenie':
      return { kind, name, region: draft.region, ...ownUrl, ...secret('apiKey', draft.apiKey) };
    case 'ticket':
      return {
        kind,
        name,
        url,
        ...secret('credentials', draft.credentials),
        headers: parseHeaders(draft.headers),
        idPath: draft.idPath.trim(),
        openBody: draft.openBody,
        updateBody: draft.updateBody,
        closeBody: draft.closeBody,
        updateMethod: draft.updateMethod,
        updateAt: draft.updateAt,
        ...secret('findQuery', draft.findQuery),
      };
  }
}

/** What the schema alone does not see: a secret may be absent on a change, and never on a new channel. */
export function checkNew(input: ChannelInput): FieldErrors {
  switch (input.kind) {
    case 'slack':
    case 'teams':
      return needed('url', input.url);
    case 'pagerduty':
      return needed('routingKey', input.routingKey);
    case 'opsgenie':
      return needed('apiKey', input.apiKey);
    default:
      return {};
  }
}

/** A changed channel asks for its secrets again where it would send them to another address. */
export function checkMoved(channel: Channel, input: ChannelInput): FieldErrors {
  const { config } = channel;
  const entered: Record<string, unknown> = input;
  const has: Record<string, boolean> = {
    routingKey: true,
    apiKey: true,
    credentials: config['hasCredentials'] === true,
    headers: Array.isArray(config['headerNames']) && config['headerNames'].length > 0,
  };
  const isEmpty = (value: unknown) => value === undefined || Object.keys(Object(value)).length === 0;
  const missing = secretsToGiveAgain(input.kind, config, entered).filter(
    (key) => has[key] === true && isEmpty(entered[key]),
  );
  return Object.fromEntries(missing.map((key) => [key, t('addressChangedEnterValue')]));
}

/** What is wrong with lines of "Name: value"; null where nothing is. */
export function headersFault(text: string): string | null {
  const wrong = lines(text).find((line) => !/^[A-Za-z0-9-]{1,64}\s*:/.test(line));
  return wrong === undefined ? null : t('notWrittenNameValue', { line: wrong.slice(0, 40) });
}

/** The kinds that say which incidents they hear of; all others are told by policies. */
export function hasFilters(kind: ChannelKind): boolean {
  return kind === 'webhook';
}

function needed(field: string, value: string | undefined): FieldErrors {
  return value === undefined ? { [field]: common('required') } : {};
}

function secret<K extends string>(key: K, value: string): Partial<Record<K, string>> {
  return value.trim() === '' ? {} : ({ [key]: value.trim() } as Record<K, string>);
}

function splitAddresses(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function parseHeaders(text: string): Record<string, string> {
  return Object.fromEntries(
    lines(text).map((line) => {
      const [name, ...value] = line.split(':');
      return [(name ?? '').trim(), value.join(':').trim()] as const;
    }),
  );
}
