import type { DownOf, MergesDone } from '@loopstart/contracts';
import type { Logger } from 'pino';
import type { MergeBook } from '../discovery/merge-book.ts';
import type { ReconcileOf } from './reconciler.ts';

export interface MergesReconcileOptions {
  book: Pick<MergeBook, 'add'>;
  log: Logger;
  /** Applies the merges that are in the book now; resolves when no message has the former ids any more. */
  apply: () => Promise<void>;
  /** Acknowledges merges: reports collected before it are sent before it. */
  report: (done: MergesDone) => void;
}

/**
 * Merges of gateways: on disk first, then in force, then acknowledged. A merge that cannot be stored is not
 * acknowledged, and the cloud sends it again; a known one is acknowledged again.
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
      // A gateway may be in the middle of a reading, which takes time: further messages do not wait for that.
      finish(request).catch((error: unknown) => log.error({ error }, 'failed to apply merges of gateways'));
    },
  };
}
