'use client';

import type { EffectiveConfig } from '@loopstart/contracts';
import Link from 'next/link';
import { useState } from 'react';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/configuration.ts';
import { t as dialPlans } from '../../../messages/dial-plans.ts';
import { Banner } from '../../../ui/banner.tsx';
import { FilterChoice } from '../../../ui/field.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { labelOf } from '../setting/setting-words.ts';
import { EffectiveTable } from './effective-table.tsx';

/** The settings of the gateway, then those of one port that is chosen. */
export function EffectiveSections({ effective }: { effective: EffectiveConfig }) {
  const { gateway, settings, ports, problems } = effective;
  const [chosen, choose] = useState<string | undefined>(undefined);
  const port = ports.find(({ position }) => String(position) === chosen) ?? ports[0];
  const name = (one: EffectiveConfig['ports'][number]) =>
    t('portOption', {
      position: one.position,
      what: one.label ?? one.number ?? '',
      device: LINE_DEVICE_WORDS[one.deviceClass],
    });
  return (
    <>
      {problems.length > 0 && (
        <Banner tone="major" title={t('problems', { count: problems.length })}>
          <ul>
            {problems.map((one) => (
              <li key={`${one.field} ${one.layer} ${one.layerName} ${one.position ?? ''}`}>
                {t('problem', { setting: labelOf(one.field), layer: one.layerName, detail: one.detail })}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <Section title={t('wholeGateway')} flush>
        {settings.length === 0 ? (
          <Empty title={t('nothingManaged')}>{t('nothingManagedAbout')}</Empty>
        ) : (
          <EffectiveTable
            caption={t('wholeGateway')}
            settings={settings}
            place={{ layer: 'gateway', gatewayId: gateway.id }}
          />
        )}
      </Section>
      {port !== undefined && (
        <Section
          title={t('portSettings')}
          flush
          actions={
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Link
                href={`/configuration/dial-plans?gatewayId=${gateway.id}&position=${port.position}`}
                className="text-sm underline underline-offset-2"
              >
                {dialPlans('simulator')}
              </Link>
              <FilterChoice
                label={t('port')}
                value={String(port.position)}
                unset={name(ports[0]!)}
                options={ports.map((one) => [String(one.position), name(one)] as const)}
                onChange={choose}
              />
            </div>
          }
        >
          {port.settings.length === 0 ? (
            <Empty title={t('nothingManaged')}>{t('nothingManagedAbout')}</Empty>
          ) : (
            <EffectiveTable
              caption={t('portSettings')}
              settings={port.settings}
              place={{ layer: 'port', gatewayId: gateway.id, position: port.position }}
            />
          )}
        </Section>
      )}
    </>
  );
}
