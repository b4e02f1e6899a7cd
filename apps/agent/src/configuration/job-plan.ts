import type { ApplyPlan } from '@loopstart/domain';
import type { ConfigProcedure } from '@loopstart/drivers';
import type { ConfigRequest } from './observe-gateway.ts';

const CHECK_EVERY_MS = 10_000;

/** What the machine decides a job by: the request as it was reviewed, with the limits of the model. */
export function planOf(request: ConfigRequest, procedure: ConfigProcedure | null): ApplyPlan {
  const { confirmWithinMs, notBefore, expiresAt, windowUntil = null, ports, purpose } = request;
  return {
    reads: purpose === 'read',
    notBeforeMs: notBefore,
    expiresAtMs: expiresAt,
    windowUntilMs: windowUntil,
    mustRegister: ports.flatMap(({ position, mustRegister }) => (mustRegister ? [position] : [])),
    acceptsReadBack: request.acceptsReadBack ?? false,
    confirmWithinMs: Math.max(confirmWithinMs, procedure?.confirmWithinMsMin ?? 0),
    takesEffectMs: procedure?.takesEffectMs ?? 0,
    checkEveryMs: CHECK_EVERY_MS,
  };
}
