'use client';

import { type ConfigRead, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/browser.ts';
import { useQuery } from '../../../lib/api/use-query.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { lastReadQuery } from '../queries.ts';

/** How the last reading of a gateway ended, or for what it waits, and one that can be asked for. */
export function LastReading({ gatewayId }: { gatewayId: string }) {
  const reads = useQuery(lastReadQuery(gatewayId));
  const refusal = useRefusal('configuration.deploy');
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: () => call(endpoints.readGatewayConfig, { params: { gatewayId } }),
    onSuccess: () => client.invalidateQueries(),
  });
  const last = reads.data?.items[0];
  return (
    <div className="mb-3 flex flex-col items-start gap-2">
      {last !== undefined && <p className="text-sm text-ink-2">{readingWords(last)}</p>}
      {read.error !== null && <FailureNote told={tell(read.error)} />}
      <Button size="sm" disabledReason={refusal} pending={read.isPending} onClick={() => read.mutate()}>
        {t('readNow')}
      </Button>
    </div>
  );
}

function readingWords({ cause, state, since, reason }: ConfigRead) {
  const values = { cause: t.group('readCauses')[cause], moment: <Moment at={since} siteZone={null} /> };
  if (state === 'confirmed') return t.rich('readingEnded', values);
  if (state === 'waiting') return t.rich('readingWaits', { ...values, reason: reason ?? '' });
  if (state === 'applying' || state === 'applied-unconfirmed') return t.rich('readingRuns', values);
  return t.rich('readingFailed', { ...values, reason: reason ?? '' });
}
