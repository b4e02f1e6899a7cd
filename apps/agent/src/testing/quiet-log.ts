import pino, { type Logger } from 'pino';

/** A logger that says nothing. */
export const quietLog: Logger = pino({ level: 'silent' });
