import type { IncomingMessage } from 'node:http';
import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { clientAddress, CONSOLE_KEY_HEADER } from './client-address.ts';
import { sameText } from './same-text.ts';

/** The header in which this process proves to itself that it asks for somebody else. */
export const INNER_KEY_HEADER = 'x-loopstart-inner';

/** The address of the caller, by the installation's trusted proxies. */
@Injectable()
export class ClientAddress {
  /** Known to this process alone: by it, MCP names the address of its own caller. */
  readonly innerKey = randomBytes(32).toString('base64url');

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  of(request: IncomingMessage): string {
    if (sameText(String(request.headers[INNER_KEY_HEADER] ?? ''), this.innerKey))
      return String(request.headers['x-forwarded-for'] ?? '');
    return clientAddress(request, {
      trusted: this.config.TRUSTED_PROXIES,
      consoleKey: this.config.LOOPSTART_CONSOLE_KEY,
    });
  }

  /** Whether our console asks while it renders a page: then it does not know the address of the browser. */
  isRender({ headers }: IncomingMessage): boolean {
    const { LOOPSTART_CONSOLE_KEY: key } = this.config;
    const isConsole = key !== undefined && sameText(String(headers[CONSOLE_KEY_HEADER] ?? ''), key);
    return isConsole && headers['x-forwarded-for'] === undefined;
  }
}
