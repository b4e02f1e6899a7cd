import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { clientAddress } from './client-address.ts';

/** The address of the caller, by the installation's trusted proxies. */
@Injectable()
export class ClientAddress {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  of(request: IncomingMessage): string {
    return clientAddress(request, {
      trusted: this.config.TRUSTED_PROXIES,
      consoleKey: this.config.LOOPSTART_CONSOLE_KEY,
    });
  }
}
