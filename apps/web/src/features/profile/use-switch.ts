'use client';

import { endpoints } from '@loopstart/contracts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { useToast } from '../../ui/toast.tsx';

/** Goes to another operator of the same person. A full load: nothing of the former one may stay in memory. */
export function useSwitch(): (operatorId: string) => Promise<void> {
  const toast = useToast();
  return async (operatorId) => {
    try {
      await call(endpoints.switchOperator, { body: { operatorId } });
      window.location.assign('/');
    } catch (error) {
      toast(tell(error).sentence);
    }
  };
}
