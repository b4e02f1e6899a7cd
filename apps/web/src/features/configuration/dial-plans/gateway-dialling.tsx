'use client';

import type { ConfigDialling } from '@loopstart/contracts';
import { diallingDifferences } from '@loopstart/domain';
import { t } from '../../../messages/dial-plans.ts';
import { Banner } from '../../../ui/banner.tsx';
import { DiallingCard } from './dialling-card.tsx';

/** The plan beside one gateway, and where its maker's manual leaves open what it does. */
export function GatewayDialling({ dialling, dialled }: { dialling: ConfigDialling; dialled: string }) {
  const { gateway, plan, planReason, readings, isOpen, gatewayReasons, notWritten } = dialling;
  if (plan === null)
    return (
      <Banner tone="minor" title={t('planUnknown')}>
        {planReason}
      </Banner>
    );
  const [manual] = readings;
  const others = readings.slice(1).filter((one) => diallingDifferences(manual!, one).length > 0);
  return (
    <div className="flex flex-col gap-3">
      {notWritten !== null && <Banner tone="minor" title={t('notWritten', { reason: notWritten })} />}
      <div className="grid items-start gap-3 md:grid-cols-2">
        <DiallingCard title={t('byPlan')} dialled={dialled} answer={plan} />
        {manual === undefined ? (
          <Banner tone="minor" title={t('gatewayUnknown')}>
            <ul>
              {gatewayReasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Banner>
        ) : (
          <DiallingCard
            title={t('byGateway', { gateway: gateway.name })}
            dialled={dialled}
            answer={manual}
            reading={manual}
            plan={plan}
          >
            <p className="text-xs text-ink-3">{isOpen ? t('manual', { reading: manual.reading }) : t('settled')}</p>
          </DiallingCard>
        )}
      </div>
      {others.length > 0 && (
        <Banner tone="minor" title={t('openTitle')}>
          <p>{t('openAbout')}</p>
        </Banner>
      )}
      {others.length > 0 && (
        <div className="grid items-start gap-3 md:grid-cols-2">
          {others.map((one) => (
            <DiallingCard
              key={one.reading}
              title={t('possible', { reading: one.reading })}
              dialled={dialled}
              answer={one}
              reading={one}
              plan={plan}
            />
          ))}
        </div>
      )}
    </div>
  );
}
