import pino, { type Logger } from 'pino';

/** A logger without output. */
export const quietLog: Logger = pino({ level: 'silent' });
