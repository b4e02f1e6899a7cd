'use client';

import type { Gateway } from '@loopstart/contracts';
import { CONDITIONS, type NullReason } from '@loopstart/domain';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { measured } from '../../lib/format/number.ts';
import { duration } from '../../lib/format/time.ts';
import { EVIDENCE_WORDS, POWER_WORDS } from '../../lib/words/fleet.ts';
import { vendorAndModelWithReason } from '../../lib/words/model.ts';
import { nullWords } from '../../lib/words/nulls.ts';
import { Absent } from '../../ui/absent.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Ago, Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { t } from '../../messages/gateways.ts';

/** What the gateway is and how it is, with what has proven the way it is read. */
export function GatewayFacts({ gateway }: { gateway: Gateway }) {
  const zone = gateway.site.timeZone;
  const told = (field: string, value: ReactNode | null) =>
    value ?? <Absent spelled why={nullWords(gateway.nulls[field] as NullReason | undefined)} />;
  const plain = (value: string | null) => value ?? <Absent spelled why={t('gatewayNotReport')} />;
  const mono = (value: string | null) =>
    value === null ? plain(null) : <span className="font-mono text-sm">{value}</span>;
  const evidence = EVIDENCE_WORDS[gateway.evidence];
  return (
    <Section title={t('details')}>
      <Facts
        columns={2}
        items={[
          [t('vendorAndModel'), vendorAndModelWithReason(gateway)],
          [t('firmware'), plain(gateway.firmware)],
          [t('serialNumber'), mono(gateway.serial)],
          [t('macAddress'), mono(gateway.macAddress)],
          [t('address'), mono(gateway.address)],
          [t('systemName'), plain(gateway.sysName)],
          [t('sipServer'), plain(gateway.sipServer)],
          [t('power'), told('powerSource', gateway.powerSource === null ? null : POWER_WORDS[gateway.powerSource])],
          [
            t('uptime'),
            told(
              'uptimeS',
              gateway.uptimeS === null ? null : duration(Math.floor((gateway.uptimeS * 1000) / 60_000) * 60_000),
            ),
          ],
          [
            t('temperature'),
            told('temperatureC', gateway.temperatureC === null ? null : measured(gateway.temperatureC, '°C')),
          ],
          ['CPU', told('cpuPercent', gateway.cpuPercent === null ? null : measured(gateway.cpuPercent, '%'))],
          [
            t('memory'),
            told('memoryPercent', gateway.memoryPercent === null ? null : measured(gateway.memoryPercent, '%')),
          ],
          [t('hardwareRevision'), plain(gateway.hardwareRevision)],
          [t('pollingInterval'), duration(gateway.pollIntervalMs)],
          [
            t('lastRead'),
            gateway.observedAt === null ? 'never' : <Ago key="read" at={gateway.observedAt} siteZone={zone} />,
          ],
          [t('firstSeen'), <Moment key="since" at={gateway.firstSeenAt} siteZone={zone} />],
          [
            t('polledBy'),
            <Link key="agent" href={`/agents/${gateway.agentId}`} className="underline underline-offset-2">
              {t('theAgentOf', { name: gateway.site.name })}
            </Link>,
          ],
        ]}
      />
      <div className="mt-4 rounded-md bg-sunken px-3 py-2.5 text-sm">
        <p className="flex flex-wrap items-center gap-2">
          <Tag tone={gateway.evidence === 'recording' ? 'plain' : 'minor'}>{evidence.label}</Tag>
          <span className="text-ink-2">{t('driver', { driverId: gateway.driverId })}</span>
        </p>
        <p className="mt-1 text-ink-2">{gateway.driverNote}</p>
      </div>
      {gateway.cannotTell.length > 0 && (
        <div className="mt-4 text-sm">
          <h3 className="font-medium">{t('whatGatewayCannotReport')}</h3>
          <p className="mt-1 text-ink-2">{t('loopstartRaisesNoAlerts')}</p>
          <ul className="mt-1 list-disc pl-5 text-ink-2">
            {gateway.cannotTell.map((kind) => (
              <li key={kind}>{CONDITIONS[kind].title}</li>
            ))}
          </ul>
        </div>
      )}
      {gateway.sysDescr !== null && (
        <p className="mt-3 text-xs wrap-anywhere text-ink-3">
          {gateway.sysDescr}
          {gateway.sysObjectId !== null && <span className="block font-mono">{gateway.sysObjectId}</span>}
        </p>
      )}
    </Section>
  );
}
