import { NewPassword } from '@loopstart/contracts';
import { z } from 'zod';
import { parseAllow } from './egress/address-rules.ts';
import { parseTrustedProxies } from './http/client-address.ts';
import { makeSecretKeys, readSecret } from './secret/secret-keys.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);

const postgresUrl = (expected = 'a URL such as postgresql://user:password@host:5432/database') =>
  z.url({ protocol: /^postgres(ql)?$/, error: expected });

/** Parses a text; a parser's error becomes the sentence beside the variable's name. */
const parsedBy =
  <T>(parse: (text: string) => T) =>
  (text: string, context: z.RefinementCtx): T => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue((error as Error).message);
      return z.NEVER;
    }
  };

/** The environment of the API. An invalid variable is refused at boot by its name. */
const Environment = z.object({
  DATABASE_URL: postgresUrl().describe('Owner of the schema; runs the migrations'),
  DATABASE_APP_URL: postgresUrl(
    'the URL of a login that is a member of loopstart_app and nothing else (docs/operations.md)',
  ).describe('Login of the application; row-level security applies to it'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port(4000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'a URL such as https://loopstart.example.com' })
    .default('http://localhost:3000')
    .describe('Where browsers and agents reach Loopstart'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(parsedBy(parseTrustedProxies))
    .describe('Addresses and networks whose X-Forwarded-For is trusted; absent: none'),
  LOOPSTART_CONSOLE_KEY: z
    .string()
    .min(32, 'at least 32 characters, the same for the console')
    .optional()
    .describe('Key by which the console proves that it names the address of a browser'),
  MQTT_URL: z
    .url({ protocol: /^(mqtts?|wss?)$/, error: 'a URL such as mqtts://broker.example.com:8883' })
    .optional()
    .describe('External broker; absent: a broker in this process'),
  MQTT_HOST: z.string().default('127.0.0.1').describe('Address the broker in this process listens on'),
  MQTT_PORT: port(8883),
  MQTT_PUBLIC_URL: z.string().optional().describe('Where agents reach the broker'),
  MQTT_HOST_NAMES: z.string().default('localhost,127.0.0.1').describe('Names in the certificate of the broker'),
  AGENT_GATEWAYS_MAX: count(1_000).describe('Gateways one agent may hold; more are refused and counted'),
  AGENT_PORTS_MAX: count(24_000).describe('Ports of all gateways of one agent; more are refused and counted'),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'a URL such as redis://redis.example.com:6379' }).optional(),
  LOOPSTART_SECRET_KEY: z.string().optional(),
  LOOPSTART_SECRET_KEY_FILE: z
    .string()
    .optional()
    .describe('The same in a file, one key a line: the first is current, the others still open'),
  LOOPSTART_FORMER_SECRET_KEYS: z
    .string()
    .optional()
    .describe('Keys that still open what was sealed with them, separated by commas'),
  LOOPSTART_KMS_URL: z
    .url({ protocol: /^https?$/, error: 'a URL such as https://vault.example.com:8200' })
    .optional()
    .describe(
      'Key management service (transit API of Vault or OpenBao) whose key wraps data keys; absent: the secret key does',
    ),
  LOOPSTART_KMS_MOUNT: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/, 'the path of a transit engine, such as transit')
    .default('transit'),
  LOOPSTART_KMS_KEY: z.string().min(1).default('loopstart').describe('Name of the key in that service'),
  LOOPSTART_KMS_TOKEN_FILE: z.string().optional().describe('File with the token for that service'),
  RETENTION_RAW_HOURS: count(48, 2),
  RETENTION_HOURLY_DAYS: count(400),
  RETENTION_DAILY_DAYS: count(1825),
  RETENTION_HISTORY_MONTHS: count(24),
  RETENTION_AUDIT_MONTHS: count(24, 12).describe(
    'Months that audit entries are kept where an operator decides nothing else',
  ),
  RETENTION_CALLS_DAYS: count(180).describe('How long calls are kept, with the numbers of both sides'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'a URL such as smtps://user:password@mail.example.com' })
    .optional()
    .describe('Server that sends mail; absent: there are no e-mail channels'),
  DEMO_MAILBOX: z
    .enum(['on', 'off'])
    .default('off')
    .transform((text) => text === 'on')
    .describe(
      'on: mail to people is kept for a page of the console, where SMTP_URL is absent; for demonstrations alone',
    ),
  SMTP_FROM: z.string().default('Loopstart <loopstart@localhost>').describe('Sender of mail'),
  WATCHDOG_EMAIL: z.email().optional().describe('Recipient of mail when alerting itself does not work'),
  WATCHDOG_URL: z
    .url({ protocol: /^https?$/, error: 'a URL such as https://watchdog.example.com/loopstart' })
    .optional()
    .describe('Receives a POST when alerting itself does not work'),
  LOOPSTART_OUTBOUND_ALLOW: z
    .string()
    .default('')
    .transform(parsedBy(parseAllow))
    .describe(
      'Internal hosts, addresses and networks that webhooks may reach, also by http; absent: the internet alone',
    ),
  LOOPSTART_OUTBOUND_PORTS: z
    .string()
    .regex(/^\d{1,5}(,\d{1,5})*$/, 'ports such as 443,8443')
    .default('443,8443')
    .transform((text) => text.split(',').map(Number))
    .describe('Ports of the internet that webhooks may reach'),
  RATE_LIMIT_TOKEN_PER_MINUTE: count(600).describe('Requests of one API token or OAuth client a minute'),
  RATE_LIMIT_SESSION_PER_MINUTE: count(3_000).describe('Requests of one signed-in browser a minute'),
  RATE_LIMIT_ADDRESS_PER_MINUTE: count(300).describe(
    'Requests a minute of one address that shows neither session nor token, to each API process',
  ),
  METRICS_TOKEN: z
    .string()
    .min(16, 'at least 16 characters')
    .optional()
    .describe('Bearer token for reading /metrics; absent: /metrics does not exist'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  AGENT_BUNDLE_DIR: z.string().optional(),
  SETUP_CODE_FILE: z
    .string()
    .optional()
    .describe('File that has the set-up code while there is no operator, readable by its owner alone'),
  INITIAL_OPERATOR: z.string().optional(),
  INITIAL_EMAIL: z.email().optional(),
  INITIAL_PASSWORD: NewPassword.optional(),
  INITIAL_PASSWORD_FILE: z.string().optional().describe('The same in a file: the environment keeps its variables'),
});

export type Config = Omit<
  z.infer<typeof Environment>,
  | 'LOOPSTART_SECRET_KEY'
  | 'LOOPSTART_SECRET_KEY_FILE'
  | 'LOOPSTART_FORMER_SECRET_KEYS'
  | 'INITIAL_PASSWORD_FILE'
  | 'MQTT_PUBLIC_URL'
  | 'MQTT_HOST_NAMES'
> & {
  /** The installation's keys of 32 bytes, the current one first. Those of a file are read anew, so that one can be added. */
  secretKeys: () => readonly Buffer[];
  MQTT_PUBLIC_URL: string;
  mqttHostNames: string[];
};

/** Injection token of the parsed environment. */
export const CONFIG = Symbol('config');

/** Parses an environment. Throws an Error that names each invalid variable and what was expected. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  if (set.INITIAL_PASSWORD === undefined && set.INITIAL_PASSWORD_FILE !== undefined)
    set.INITIAL_PASSWORD = readSecret('INITIAL_PASSWORD_FILE', set.INITIAL_PASSWORD_FILE);
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is invalid. ${wrong.join('; ')}`);
  }
  const {
    LOOPSTART_SECRET_KEY: key,
    LOOPSTART_SECRET_KEY_FILE: file,
    LOOPSTART_FORMER_SECRET_KEYS: former,
    MQTT_HOST_NAMES: names,
    INITIAL_PASSWORD_FILE: _,
    ...rest
  } = parsed.data;
  if (rest.LOOPSTART_KMS_URL !== undefined && rest.LOOPSTART_KMS_TOKEN_FILE === undefined)
    throw new Error(
      'The environment is invalid. LOOPSTART_KMS_TOKEN_FILE: a file with the token for LOOPSTART_KMS_URL',
    );
  return {
    ...rest,
    secretKeys: makeSecretKeys({ key, file, former }),
    MQTT_PUBLIC_URL:
      rest.MQTT_PUBLIC_URL ?? rest.MQTT_URL ?? `mqtts://${new URL(rest.PUBLIC_URL).hostname}:${rest.MQTT_PORT}`,
    mqttHostNames: [...new Set([...names.split(',').map((name) => name.trim()), new URL(rest.PUBLIC_URL).hostname])],
  };
}
