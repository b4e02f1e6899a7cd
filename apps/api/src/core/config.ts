import { readFileSync } from 'node:fs';
import { NewPassword } from '@loopstart/contracts';
import { z } from 'zod';
import { parseAllow } from './egress/address-rules.ts';
import { parseTrustedProxies } from './http/client-address.ts';

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
  LOOPSTART_SECRET_KEY_FILE: z.string().optional(),
  RETENTION_RAW_HOURS: count(48, 2),
  RETENTION_HOURLY_DAYS: count(400),
  RETENTION_DAILY_DAYS: count(1825),
  RETENTION_HISTORY_MONTHS: count(24),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'a URL such as smtps://user:password@mail.example.com' })
    .optional()
    .describe('Server that sends mail; absent: there are no e-mail channels'),
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
  METRICS_TOKEN: z
    .string()
    .min(16, 'at least 16 characters')
    .optional()
    .describe('Bearer token for reading /metrics; absent: /metrics does not exist'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  AGENT_BUNDLE_DIR: z.string().optional(),
  INITIAL_OPERATOR: z.string().optional(),
  INITIAL_EMAIL: z.email().optional(),
  INITIAL_PASSWORD: NewPassword.optional(),
  INITIAL_PASSWORD_FILE: z.string().optional().describe('The same in a file: the environment keeps its variables'),
});

export type Config = Omit<
  z.infer<typeof Environment>,
  'LOOPSTART_SECRET_KEY' | 'LOOPSTART_SECRET_KEY_FILE' | 'INITIAL_PASSWORD_FILE' | 'MQTT_PUBLIC_URL' | 'MQTT_HOST_NAMES'
> & {
  /** 32 bytes that encrypt secrets at rest. */
  secretKey: Buffer;
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
    MQTT_HOST_NAMES: names,
    INITIAL_PASSWORD_FILE: _,
    ...rest
  } = parsed.data;
  return {
    ...rest,
    secretKey: secretKey(key, file),
    MQTT_PUBLIC_URL:
      rest.MQTT_PUBLIC_URL ?? rest.MQTT_URL ?? `mqtts://${new URL(rest.PUBLIC_URL).hostname}:${rest.MQTT_PORT}`,
    mqttHostNames: [...new Set([...names.split(',').map((name) => name.trim()), new URL(rest.PUBLIC_URL).hostname])],
  };
}

function secretKey(text: string | undefined, file: string | undefined): Buffer {
  const encoded = text ?? (file === undefined ? undefined : readSecret('LOOPSTART_SECRET_KEY_FILE', file));
  if (encoded === undefined)
    throw new Error(
      'LOOPSTART_SECRET_KEY or LOOPSTART_SECRET_KEY_FILE is missing: 32 random bytes in base64 that encrypt secrets at rest.',
    );
  const key = Buffer.from(encoded, 'base64');
  if (key.length !== 32)
    throw new Error(`LOOPSTART_SECRET_KEY must be 32 bytes in base64; this is ${key.length} bytes.`);
  return key;
}

function readSecret(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`${variable} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
