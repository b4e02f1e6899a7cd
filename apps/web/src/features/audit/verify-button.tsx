'use client';

import type { AuditVerification } from '@loopstart/contracts';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/audit.ts';
import { t as common } from '../../messages/common.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { breakWords, verdictWords, vouchedWords } from './verification-words.ts';

/** Verifies the whole trail and says in plain sentences what was found. */
export function VerifyButton() {
  const [open, setOpen] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    ...query('getAuditVerification'),
    enabled: open,
    // A verdict is of its moment.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return (
    <>
      <Button icon={<ShieldCheck aria-hidden="true" className="size-4" />} onClick={() => setOpen(true)}>
        {t('verify')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('verifyTitle')}
        description={t('verifyAbout')}
        wide
        footer={
          <>
            <Button pending={isFetching} onClick={() => void refetch()}>
              {t('verifyAgain')}
            </Button>
            <Button look="primary" onClick={() => setOpen(false)}>
              {common('close')}
            </Button>
          </>
        }
      >
        {isFetching ? (
          <p role="status">{t('verifying')}</p>
        ) : error !== null ? (
          <FailureNote told={tell(error)} />
        ) : (
          data !== undefined && <Verdict found={data} />
        )}
      </Dialog>
    </>
  );
}

const SEVERITY = { unbroken: 'ok', broken: 'critical', empty: 'info' } as const;

function Verdict({ found }: { found: AuditVerification }) {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-lg">
        <SeverityLabel severity={SEVERITY[found.verdict]}>{verdictWords(found)}</SeverityLabel>
      </p>
      {found.breaks.length > 0 && (
        <ul className="flex flex-col gap-2 border-y border-line py-3">
          {found.breaks.map((one, at) => (
            <li key={`${one.kind} ${one.seq} ${at}`}>
              <p className="font-medium">{breakWords(one).what}</p>
              <p className="text-sm text-ink-2">{breakWords(one).means}</p>
            </li>
          ))}
          {found.breaksTotal > found.breaks.length && (
            <li className="text-sm text-ink-2">
              {t('moreBreaks', { count: found.breaksTotal - found.breaks.length })}
            </li>
          )}
        </ul>
      )}
      {vouchedWords(found).map((sentence) => (
        <p key={sentence} className="text-sm text-ink-2">
          {sentence}
        </p>
      ))}
    </div>
  );
}
