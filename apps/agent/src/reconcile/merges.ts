import type { DownOf, MergesDone } from '@loopstart/contracts';
import type { Logger } from 'pino';
import type { MergeBook } from '../discovery/merge-book.ts';
import type { ReconcileOf } from './reconciler.ts';

export interface MergesReconcileOptions {
  book: Pick<MergeBook, 'add'>;
  log: Logger;
  /** Has everything go by the merges that are in the book now; resolves when nothing names the former ids any more. */
  apply: () => Promise<void>;
  /** Acknowledges merges: what was gathered before it is sent before it. */
  report: (done: MergesDone) => void;
}

/**
 * Merges of gateways: on disk first, then in force, then acknowledged. One that cannot be kept is not acknowledged, and
 * the cloud sends it again; one that is known is acknowledged again.
 */
export function mergesReconcile({ book, log, apply, report }: MergesReconcileOptions): ReconcileOf<'merges'> {
  const finish = async ({ merges }: DownOf<'merges'>) => {
    await apply();
    report({ merges: merges.map(({ gatewayId, intoGatewayId }) => ({ gatewayId, intoGatewayId })) });
  };
  return {
    kind: 'merges',
    accept: async (request) => {
      try {
        if (await book.add(request.merges)) log.info({ merges: request.merges }, 'gateways were merged');
      } catch (error) {
        return log.error({ error }, 'failed to store merges of gateways; the cloud resends them');
      }
      // A gateway may be read just now, which takes its time: further messages do not wait for that.
      finish(request).catch((error: unknown) => log.error({ error }, 'failed to apply merges of gateways'));
    },
  };
}
