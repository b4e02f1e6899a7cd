import { CsrError, type PkiService } from '../../pki/index.ts';
import type { Received } from '../item.ts';
import type { MessageKindOf } from './message-kind.ts';

type Body = { csrPem: string };

/** An agent requests a new certificate, which is sent after the commit. */
export const renew = (pki: PkiService): MessageKindOf<'renew', Received<Body>[]> => ({
  kind: 'renew',

  open: () => [],

  apply(message, _batch, rows) {
    rows.push(message);
  },

  async writeFirst(sql, rows, batch) {
    for (const { item, sender, body } of rows) {
      try {
        const { certificatePem, notAfter } = await pki.issueForAgent(sql, sender, body.csrPem);
        await sql.query('update agent set certificate_expires_at = $2 where id = $1', [sender.agentId, notAfter]);
        const message = { v: 1, kind: 'certificate', certificatePem, caPem: pki.caPem } as const;
        batch.replies.push({ agentId: sender.agentId, message });
      } catch (error) {
        if (!(error instanceof CsrError)) throw error;
        batch.reject(item, sender, { code: 'bad-csr', detail: error.message });
      }
    }
  },
});
