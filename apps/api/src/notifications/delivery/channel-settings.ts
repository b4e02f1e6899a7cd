import { z } from 'zod';
import { type ChannelInput, type ChannelKind, secretsToGiveAgain } from '@loopstart/contracts';

const text = z.string();

/** Settings of a channel by kind, config and secret together. */
export const ChannelSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), url: text, signing: z.enum(['v1', 'v1a']) }),
  z.object({ kind: z.literal('email'), to: z.array(text) }),
  z.object({ kind: z.literal('slack'), url: text }),
  z.object({ kind: z.literal('teams'), url: text }),
  z.object({ kind: z.literal('pagerduty'), region: z.enum(['us', 'eu']), url: text.optional(), routingKey: text }),
  z.object({ kind: z.literal('opsgenie'), region: z.enum(['us', 'eu']), url: text.optional(), apiKey: text }),
  z.object({
    kind: z.literal('ticket'),
    url: text,
    credentials: text.optional(),
    headers: z.record(text, text),
    idPath: text,
    openBody: text,
    updateBody: text,
    closeBody: text,
    updateMethod: z.enum(['PATCH', 'PUT', 'POST']),
    updateAt: z.enum(['ticket', 'collection']).default('ticket'),
    findQuery: text.optional(),
  }),
]);
export type ChannelSettings = z.infer<typeof ChannelSettings>;
export type SettingsOf<K extends ChannelSettings['kind']> = Extract<ChannelSettings, { kind: K }>;

/** Settings that are sealed and never read back. */
const SECRET_MEMBERS = {
  webhook: [],
  email: [],
  slack: ['url'],
  teams: ['url'],
  pagerduty: ['routingKey'],
  opsgenie: ['apiKey'],
  ticket: ['credentials', 'headers'],
} as const satisfies Record<ChannelKind, readonly string[]>;
/** Sealed too, since it can carry a token, but shown to those who may change the channel. */
const ADDRESS = 'url';

type Members = Readonly<Record<string, unknown>>;
interface Split {
  config: Record<string, unknown>;
  secret: Record<string, unknown>;
}

/** The stored secret was entered for another address than the new one. */
export class MovedError extends Error {
  constructor(readonly member: string) {
    super(`${member} was given for another address`);
  }
}

/**
 * Separates a person's input into plain and sealed settings. A secret that is absent (or empty) stays as in `before`,
 * the stored settings. Throws RangeError naming a missing member, MovedError where a secret would follow to another
 * address.
 */
export function splitSettings(input: ChannelInput, before: Members = {}): Split {
  const secretNames: readonly string[] = SECRET_MEMBERS[input.kind];
  const { kind, name: _name, ...all } = input;
  const members: Record<string, unknown> = all;
  delete members['filters'];
  for (const key of secretNames) if (isEmpty(members[key])) delete members[key];
  const again = Object.keys(before).length === 0 ? [] : secretsToGiveAgain(kind, before, members);
  for (const key of secretNames) {
    if (members[key] === undefined && again.includes(key) && !isEmpty(before[key])) throw new MovedError(key);
    members[key] ??= before[key] ?? (key === 'headers' ? {} : undefined);
  }
  const settings = ChannelSettings.safeParse({ kind, ...members });
  if (!settings.success) throw new RangeError(String(settings.error.issues[0]?.path[0] ?? 'kind'));
  const { config, secret } = sealMembers(kind, members);
  return { config: { ...config, ...shownOf(settings.data) }, secret };
}

/** Separates settings into plain and sealed ones; `sealed` is sealed already. */
export function sealMembers(kind: ChannelKind, members: Members, sealed: Members = {}): Split {
  const names: readonly string[] = [...SECRET_MEMBERS[kind], ADDRESS];
  const config: Record<string, unknown> = {};
  const secret: Record<string, unknown> = { ...sealed };
  for (const [key, value] of Object.entries(members)) (names.includes(key) ? secret : config)[key] = value;
  return { config, secret };
}

/** The sealed settings that may be read back by those who may change the channel: the address, unless it is itself the secret. */
export function readableOf(kind: ChannelKind, secret: Members): Record<string, unknown> {
  const secretNames: readonly string[] = SECRET_MEMBERS[kind];
  return secretNames.includes(ADDRESS) || secret[ADDRESS] === undefined ? {} : { [ADDRESS]: secret[ADDRESS] };
}

/** The secret texts among the settings, to be redacted from answers and errors. */
export function secretTexts(secret: Readonly<Record<string, unknown>>): string[] {
  return Object.values(secret).flatMap((value) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? secretTexts({ ...value }) : [],
  );
}

/** Parts of an address that are secret where all of it is: receivers quote them alone ("Cannot POST /services/…"). */
export function addressTexts(address: string): string[] {
  const { pathname, search, searchParams } = new URL(address);
  const parts = [...pathname.split('/').filter((part) => part.length >= TOKEN_MIN), ...searchParams.values()];
  return [pathname + search, pathname, ...parts].filter((text) => text.length >= ADDRESS_PART_MIN);
}

/** Shorter parts of a path are words. */
const TOKEN_MIN = 16;
/** Shorter texts occur anywhere by chance. */
const ADDRESS_PART_MIN = 6;

/** The destination in words for a person. */
export function targetText(settings: ChannelSettings): string {
  switch (settings.kind) {
    case 'email':
      return settings.to.join(', ');
    case 'pagerduty':
      return settings.url === undefined ? `PagerDuty (${settings.region})` : new URL(settings.url).host;
    case 'opsgenie':
      return settings.url === undefined ? `Opsgenie (${settings.region})` : new URL(settings.url).host;
    default:
      return new URL(settings.url).host;
  }
}

/** The parts of the secrets that may be shown. */
function shownOf(settings: ChannelSettings): Record<string, unknown> {
  if (settings.kind === 'ticket')
    return { headerNames: Object.keys(settings.headers), hasCredentials: settings.credentials !== undefined };
  return settings.kind === 'slack' || settings.kind === 'teams' ? { host: new URL(settings.url).host } : {};
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}
