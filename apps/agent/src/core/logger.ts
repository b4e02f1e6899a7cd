import pino, { type DestinationStream, type Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names of fields with secrets; their values never reach a log, at any depth that is logged here. */
const SECRET_KEYS = [
  'community',
  'writeCommunity',
  'authPassphrase',
  'privPassphrase',
  'keyPem',
  'token',
  'credentials',
  'access',
  'password',
];

/** Structured logs, one JSON object a line, with secrets taken out. */
export function makeLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const paths = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[secret]' },
      serializers: { error: pino.stdSerializers.err },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
