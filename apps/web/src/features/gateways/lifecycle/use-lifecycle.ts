import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '../../../ui/toast.tsx';

/** One change of a gateway's record: afterwards everything is fetched again, for counts and lists may show it. */
export function useLifecycle<R>(change: () => Promise<R>, done: { say: string; after?: (answer: R) => void }) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer) => {
      toast(done.say);
      await client.invalidateQueries();
      done.after?.(answer);
    },
  });
}
