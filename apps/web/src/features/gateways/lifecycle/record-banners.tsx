'use client';

import { endpoints, type Gateway, type GatewayNotice } from '@loopstart/contracts';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { TakeOverDialog } from './take-over-dialog.tsx';
import { useLifecycle } from './use-lifecycle.ts';
import { t } from '../../../messages/gateways.ts';

const TITLES: Record<GatewayNotice['code'], string> = t.group('titles');
const BECAUSE = t.group('because');

/** How a gateway went out of service, and what of its record somebody must decide. */
export function RecordBanners({ gateway }: { gateway: Gateway }) {
  const { retired, notices } = gateway;
  return (
    <>
      {retired !== null && (
        <Banner tone="info" title={t('notWatchedNoCount', { because: BECAUSE[retired.because] })}>
          <p>
            <Moment at={retired.at} siteZone={gateway.site.timeZone} />
            {retired.by !== '' && t('byWhom', { by: retired.by })}
            {retired.note !== null && `: ${retired.note}`}
          </p>
          {retired.successor !== null && <OtherLink other={retired.successor}>{t('successor')}</OtherLink>}
          {retired.agentsLearned !== null && <p>{t(retired.agentsLearned ? 'agentsLearned' : 'agentsToLearn')}</p>}
          {retired.because === 'retired' && <Restore gateway={gateway} />}
        </Banner>
      )}
      {notices.map((notice) => (
        <Banner
          key={notice.code}
          tone={notice.code === 'displaced' || notice.code === 'identity-conflict' ? 'major' : 'minor'}
          title={TITLES[notice.code]}
        >
          <p>{notice.text}</p>
          {notice.code === 'displaced' && <Displaced gateway={gateway} otherId={notice.other?.id ?? null} />}
        </Banner>
      ))}
    </>
  );
}

function OtherLink({ other, children }: { other: { id: string; name: string }; children: ReactNode }) {
  return (
    <p>
      {children}
      <Link href={`/gateways/${other.id}`} className="underline underline-offset-2">
        {other.name}
      </Link>
    </p>
  );
}

function Restore({ gateway }: { gateway: Gateway }) {
  const refusal = useRefusal('gateways.retire');
  const restore = useLifecycle(() => call(endpoints.restoreGateway, { params: { gatewayId: gateway.id } }), {
    say: t('serviceAgain', { name: gateway.name }),
  });
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <Button size="sm" disabledReason={refusal} pending={restore.isPending} onClick={() => restore.mutate()}>
        {t('restore')}
      </Button>
      {restore.error !== null && <FailureNote told={tell(restore.error)} />}
    </div>
  );
}

/** Asks whether the gateway at its address replaces it, is the same device, or is another. */
function Displaced({ gateway, otherId }: { gateway: Gateway; otherId: string | null }) {
  const refusal = useRefusal('gateways.replace');
  const [how, setHow] = useState<'replace' | 'merge' | null>(null);
  const keep = useLifecycle(() => call(endpoints.keepGateway, { params: { gatewayId: gateway.id } }), {
    say: t('decisionAboutSaved', { name: gateway.name }),
  });
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <Button size="sm" disabledReason={refusal} onClick={() => setHow('replace')}>
        {t('replacesGateway')}
      </Button>
      <Button size="sm" disabledReason={refusal} onClick={() => setHow('merge')}>
        {t('sameDevice')}
      </Button>
      <Button size="sm" look="quiet" disabledReason={refusal} pending={keep.isPending} onClick={() => keep.mutate()}>
        {t('anotherGateway')}
      </Button>
      {keep.error !== null && <FailureNote told={tell(keep.error)} />}
      {how !== null && (
        <TakeOverDialog gateway={gateway} how={how} suggested={otherId} open onOpenChange={() => setHow(null)} />
      )}
    </div>
  );
}
