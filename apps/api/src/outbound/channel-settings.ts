import { z } from 'zod';
import type { ChannelInput } from '@loopstart/contracts';

const text = z.string();

/** What a channel is set to, config and secret together, by kind. */
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

/** Members of the settings that are kept sealed and are never read back. */
const SECRET_MEMBERS = {
  webhook: [],
  email: [],
  slack: ['url'],
  teams: ['url'],
  pagerduty: ['routingKey'],
  opsgenie: ['apiKey'],
  ticket: ['credentials', 'headers'],
} as const satisfies Record<ChannelSettings['kind'], readonly string[]>;

/**
 * Splits what a person entered into what may be read back and what is sealed. What is secret and absent (or empty) stays
 * as it was in `before`. Throws RangeError naming the member that is missing.
 */
export function splitSettings(
  input: ChannelInput,
  before: Readonly<Record<string, unknown>> = {},
): { config: Record<string, unknown>; secret: Record<string, unknown> } {
  const secretNames: readonly string[] = SECRET_MEMBERS[input.kind];
  const { kind, name: _name, ...members } = input;
  const config: Record<string, unknown> = {};
  const secret: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) {
    if (key === 'filters') continue;
    if (!secretNames.includes(key)) config[key] = value;
    else if (!isEmpty(value)) secret[key] = value;
  }
  for (const key of secretNames) secret[key] ??= before[key] ?? (key === 'headers' ? {} : undefined);
  const settings = ChannelSettings.safeParse({ kind, ...config, ...secret });
  if (!settings.success) throw new RangeError(String(settings.error.issues[0]?.path[0] ?? 'kind'));
  return { config: { ...config, ...shownOf(settings.data) }, secret };
}

/** The secret texts among the settings, to be struck out of answers and errors. */
export function secretTexts(secret: Readonly<Record<string, unknown>>): string[] {
  return Object.values(secret).flatMap((value) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? secretTexts({ ...value }) : [],
  );
}

/** Parts of an address that are secret where all of it is: receivers name them alone ("Cannot POST /services/…"). */
export function addressTexts(address: string): string[] {
  const { pathname, search, searchParams } = new URL(address);
  const parts = [...pathname.split('/').filter((part) => part.length >= TOKEN_MIN), ...searchParams.values()];
  return [pathname + search, pathname, ...parts].filter((text) => text.length >= ADDRESS_PART_MIN);
}

/** Shorter parts of a path are words. */
const TOKEN_MIN = 16;
/** What is shorter than this stands in any text. */
const ADDRESS_PART_MIN = 6;

/** Where messages go, as a person may read it. */
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

/** What may be shown of the secrets. */
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
