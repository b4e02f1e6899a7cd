import { AsyncLocalStorage } from 'node:async_hooks';
import { LIVE_PATH } from '@loopstart/contracts';
import type { NextFunction, Request, Response } from 'express';
import type { ClientAddress } from './client-address.service.ts';

/** From where a request came, as the audit trail keeps it. */
export interface Origin {
  address: string | null;
  /** The beginning of the header: a browser says what it is there, and a stranger must not fill the trail. */
  userAgent: string | null;
  /** Whether the browser asked by itself, and nobody has touched it for a while: no use of a session. */
  away: boolean;
  /** Whether the console asks while it renders a page, and does not know the address of the browser. */
  render: boolean;
}

/** The header by which the console says so. */
const AWAY_HEADER = 'x-loopstart-away';

const USER_AGENT_MAX = 160;
const origins = new AsyncLocalStorage<Origin>();

/**
 * Keeps the origin of a request for all that it causes: each entry of the audit trail gets it, without a parameter that
 * one service on the way could forget.
 */
export function keepOrigin(addresses: ClientAddress) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const userAgent = request.headers['user-agent']?.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, USER_AGENT_MAX);
    const render = addresses.isRender(request);
    origins.run(
      { address: render ? null : addresses.of(request), userAgent: userAgent ?? null, away: isAway(request), render },
      next,
    );
  };
}

/** The origin of the request that is being answered; nothing known where no request is. */
export const originNow = (): Origin =>
  origins.getStore() ?? { address: null, userAgent: null, away: false, render: false };

/** The live stream stays open by itself, and opens itself again. */
const isAway = ({ headers, path }: Request): boolean => headers[AWAY_HEADER] === '1' || path === LIVE_PATH;
