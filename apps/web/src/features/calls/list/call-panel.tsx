import type { CallRecord } from '@loopstart/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CALL_FAX_WORDS, CALL_FORMAT_WORDS, CALL_SIDE_WORDS } from '../../../lib/words/call.ts';
import { t } from '../../../messages/calls.ts';
import { Absent } from '../../../ui/absent.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { CallPlace, Dialled, Digits, Direction, Progress, Quality, Talk, whyOf } from '../cells.tsx';

/** A call beside the list, with everything its records gave, and why the rest is not known. */
export function CallPanel({ call }: { call: CallRecord }) {
  const spelled = (name: string, value: ReactNode) =>
    value === null ? <Absent why={whyOf(call, name)} spelled /> : value;
  const digits = (name: string, number: string | null) =>
    spelled(name, number === null ? null : <Digits>{number}</Digits>);
  const time = (name: string, at: string | null) =>
    spelled(name, at === null ? null : <Moment at={at} siteZone={call.timeZone} seconds />);
  const measure = (name: 'jitterMs' | 'delayMs') => {
    const value = call.quality[name];
    return spelled(name, value === null ? null : t('ms', { value }));
  };
  const { rFactor, lossPercent } = call.quality;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Progress call={call} />
        <Direction call={call} />
      </div>
      <Facts
        items={[
          [t('dialled'), <Dialled key="dialled" call={call} />],
          [t('called'), digits('called', call.called)],
          [t('calling'), digits('calling', call.calling)],
          [t('forwardedTo'), digits('forwardedTo', call.forwardedTo)],
          [t('line'), <CallPlace key="place" call={call} />],
          [
            t('site'),
            <Link key="site" href={`/sites/${call.siteId}`} className="hover:underline">
              {call.siteName}
            </Link>,
          ],
          [
            t('customer'),
            <Link key="customer" href={`/customers/${call.customerId}`} className="hover:underline">
              {call.customerName}
            </Link>,
          ],
          [t('time'), <Moment key="at" at={call.at} siteZone={call.timeZone} seconds />],
          [t('answered'), time('gatewayConnectAt', call.connectedAt)],
          [t('ended'), time('gatewayReleaseAt', call.endedAt)],
          [t('talk'), <Talk key="talk" call={call} />],
          [t('endedBy'), spelled('endedBy', call.endedBy === null ? null : CALL_SIDE_WORDS[call.endedBy])],
          [t('cause'), spelled('cause', call.cause)],
          [t('causeCode'), spelled('causeCode', call.causeCode)],
          [t('sipCode'), spelled('sipCode', call.sipCode)],
          [t('codec'), spelled('codec', call.codec)],
          [t('fax'), spelled('fax', call.fax === null ? null : CALL_FAX_WORDS[call.fax ? 'yes' : 'no'])],
          [t('quality'), <Quality key="quality" call={call} />],
          [t('rFactor'), spelled('rFactor', rFactor)],
          [t('jitter'), measure('jitterMs')],
          [t('delay'), measure('delayMs')],
          [t('loss'), spelled('lossPercent', lossPercent === null ? null : t('percent', { value: lossPercent }))],
          [t('channel'), spelled('channel', call.channel)],
          [t('trunk'), spelled('trunk', call.trunk)],
          [t('record'), CALL_FORMAT_WORDS[call.format]],
        ]}
      />
      <section className="flex flex-col gap-1.5">
        <h3 className="text-sm font-medium text-ink-2">{t('gatewayClock')}</h3>
        <Facts
          items={[
            [t('setup'), time('gatewaySetupAt', call.gatewaySetupAt)],
            [t('answered'), time('gatewayConnectAt', call.gatewayConnectAt)],
            [t('release'), time('gatewayReleaseAt', call.gatewayReleaseAt)],
          ]}
        />
      </section>
    </div>
  );
}
