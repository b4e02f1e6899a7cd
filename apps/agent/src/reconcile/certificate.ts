import type { Renewal } from '../enrol/renewal.ts';
import type { ReconcileOf } from './reconciler.ts';

/** The certificate that the agent requested by `renew`. */
export function certificateReconcile(renewal: Pick<Renewal, 'accept'>): ReconcileOf<'certificate'> {
  return {
    kind: 'certificate',
    accept: async ({ certificatePem, caPem }) => {
      await renewal.accept(certificatePem, caPem);
    },
  };
}
