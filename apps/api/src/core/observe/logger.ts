import { type Logger as Pino, pino } from 'pino';

/** Injection token of the process's logger. */
export const LOGGER = Symbol('logger');
export type Logger = Pino;

/** Structured logs; fields that may have a secret are removed by name. */
export function makeLogger(level: string): Logger {
  return pino({
    level,
    base: { service: 'api' },
    redact: {
      paths: [
        'req.headers.cookie',
        'req.headers.authorization',
        'res.headers["set-cookie"]',
        '*.password',
        '*.token',
        '*.community',
        '*.authPassphrase',
        '*.privPassphrase',
      ],
      remove: true,
    },
  });
}
