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
import { useRoleRefusal } from '../../session/index.ts';
import { TakeOverDialog } from './take-over-dialog.tsx';
import { useLifecycle } from './use-lifecycle.ts';

const TITLES: Record<GatewayNotice['code'], string> = {
  displaced: 'Another gateway answers at its address',
  'identity-conflict': 'Its identity answers at two addresses',
  'agent-revoked': 'Nothing reads it: its agent was revoked',
  'target-removed': 'Nothing reads it: its discovery target was taken away',
  'retired-reported-again': 'Out of service, but reported again',
};
const BECAUSE = { retired: 'Retired', replaced: 'Replaced', merged: 'Merged' } as const;

/** How a gateway went out of service, and what of its record somebody must decide. */
export function RecordBanners({ gateway }: { gateway: Gateway }) {
  const { retired, notices } = gateway;
  return (
    <>
      {retired !== null && (
        <Banner tone="info" title={`${BECAUSE[retired.because]}: it is not watched, and no count has it`}>
          <p>
            <Moment at={retired.at} siteZone={gateway.site.timeZone} />
            {retired.by !== '' && `, by ${retired.by}`}
            {retired.note !== null && `: ${retired.note}`}
          </p>
          {retired.successor !== null && <OtherLink other={retired.successor}>It goes on as </OtherLink>}
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
  const refusal = useRoleRefusal('technician');
  const restore = useLifecycle(() => call(endpoints.restoreGateway, { params: { gatewayId: gateway.id } }), {
    say: `${gateway.name} is in service again.`,
  });
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <Button size="sm" disabledReason={refusal} pending={restore.isPending} onClick={() => restore.mutate()}>
        Restore it
      </Button>
      {restore.error !== null && <FailureNote told={tell(restore.error)} />}
    </div>
  );
}

/** Asks whether the gateway at its address replaces it, is the same device, or is another. */
function Displaced({ gateway, otherId }: { gateway: Gateway; otherId: string | null }) {
  const refusal = useRoleRefusal('technician');
  const [how, setHow] = useState<'replace' | 'merge' | null>(null);
  const keep = useLifecycle(() => call(endpoints.keepGateway, { params: { gatewayId: gateway.id } }), {
    say: `${gateway.name} is kept.`,
  });
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <Button size="sm" disabledReason={refusal} onClick={() => setHow('replace')}>
        It replaces this one
      </Button>
      <Button size="sm" disabledReason={refusal} onClick={() => setHow('merge')}>
        It is the same device
      </Button>
      <Button size="sm" look="quiet" disabledReason={refusal} pending={keep.isPending} onClick={() => keep.mutate()}>
        It is another gateway
      </Button>
      {keep.error !== null && <FailureNote told={tell(keep.error)} />}
      {how !== null && (
        <TakeOverDialog gateway={gateway} how={how} suggested={otherId} open onOpenChange={() => setHow(null)} />
      )}
    </div>
  );
}
