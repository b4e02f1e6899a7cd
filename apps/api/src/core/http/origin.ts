import { AsyncLocalStorage } from 'node:async_hooks';
import type { NextFunction, Request, Response } from 'express';
import type { ClientAddress } from './client-address.service.ts';

/** From where a request came, as the audit trail keeps it. */
export interface Origin {
  address: string | null;
  /** The beginning of the header: a browser says what it is there, and a stranger must not fill the trail. */
  userAgent: string | null;
}

const USER_AGENT_MAX = 160;
const origins = new AsyncLocalStorage<Origin>();

/**
 * Keeps the origin of a request for all that it causes: each entry of the audit trail gets it, without a parameter that
 * one service on the way could forget.
 */
export function keepOrigin(addresses: ClientAddress) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const userAgent = request.headers['user-agent']?.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, USER_AGENT_MAX);
    origins.run({ address: addresses.of(request), userAgent: userAgent ?? null }, next);
  };
}

/** The origin of the request that is being answered; nothing known where no request is. */
export const originNow = (): Origin => origins.getStore() ?? { address: null, userAgent: null };
