'use client';

import { useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t as words } from '../../../messages/configuration-import.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { ImportDialog } from '../import/import-dialog.tsx';
import { runningQuery } from '../queries.ts';
import { LastReading } from './last-reading.tsx';
import { RunningDialog } from './running-dialog.tsx';

/** The configurations that a gateway was seen to run, with their secrets masked. */
export function RunningSection({ gatewayId, gatewayName }: { gatewayId: string; gatewayName: string }) {
  const running = useQuery(runningQuery(gatewayId));
  const [shown, setShown] = useState<string | null>(null);
  const mayImport = useRefusal('configuration.write');
  const [importing, setImporting] = useState(false);
  const newest = running.data?.items.find(({ isKept }) => isKept) ?? null;
  return (
    <Section
      title={t('running')}
      actions={
        running.data !== undefined && (
          <Button size="sm" disabledReason={mayImport} onClick={() => setImporting(true)}>
            {words('title')}
          </Button>
        )
      }
    >
      <LastReading gatewayId={gatewayId} />
      {running.data === undefined ? (
        running.error === null ? (
          <Loading what={t('runningLower')}>
            <Bone className="h-12 w-full" />
          </Loading>
        ) : (
          <Failure error={running.error} retry={running.refetch} />
        )
      ) : running.data.items.length === 0 ? (
        <p className="text-sm text-ink-2">{t('neverRead')}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {running.data.items.map(({ id, moment, lastReadAt, bytes, firmware, isKept }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1">
                <span className="block">{t.group('moments')[moment]}</span>
                <span className="block text-sm text-ink-3">
                  <Moment at={lastReadAt} siteZone={null} /> · {t('bytes', { count: bytes })}
                  {firmware !== null && ` · ${firmware}`}
                </span>
              </span>
              <Button size="sm" disabledReason={isKept ? null : t('notKept')} onClick={() => setShown(id)}>
                {t('show')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {importing && (
        <ImportDialog
          gatewayId={gatewayId}
          gatewayName={gatewayName}
          newest={newest}
          onClose={() => setImporting(false)}
        />
      )}
      {shown !== null && <RunningDialog configId={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}
