'use client';

import { type Action, endpoints } from '@loopstart/contracts';
import type { ActionType } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { type Told, tell } from '../../lib/errors/sentences.ts';
import { applyToCache } from '../../lib/live/apply-to-cache.ts';
import { uuid } from '../../lib/uuid.ts';

/** What a person said when something was in the way. */
export interface Given {
  lifeSafetyConfirmed: boolean;
  /** Why it is to be done although nobody can tell whether the line is idle; null where that was not needed. */
  overrideReason: string | null;
}

interface Ask extends Given {
  type: ActionType;
  position: number | null;
}

/**
 * Asks a gateway to do something. One key is kept until the answer is known, so that trying again after
 * a broken connection cannot do it twice.
 */
export function useAct(gatewayId: string) {
  const client = useQueryClient();
  const [key, setKey] = useState(uuid);
  const [pending, setPending] = useState<ActionType | null>(null);
  const [failure, setFailure] = useState<Told | null>(null);

  const act = async (ask: Ask): Promise<Action | null> => {
    setPending(ask.type);
    setFailure(null);
    try {
      const action = await call(endpoints.createAction, {
        params: { gatewayId },
        body: { ...ask, idempotencyKey: key },
      });
      setKey(uuid());
      applyToCache(
        client,
        { type: 'action', action },
        (entry) => void client.invalidateQueries({ queryKey: entry.queryKey }),
      );
      return action;
    } catch (error) {
      const told = tell(error);
      // A refusal is an answer: the next try is another request.
      if (!told.retryable) setKey(uuid());
      setFailure(told);
      return null;
    } finally {
      setPending(null);
    }
  };

  return { act, pending, failure, forget: () => setFailure(null) };
}
