import type { Line } from '@loopstart/contracts';
import { PORT_STATE_FIELD_NAMES } from '@loopstart/domain';
import Link from 'next/link';
import { fieldState } from '../../lib/words/field-state.ts';
import { vendorAndModelWithReason } from '../../lib/words/model.ts';
import { FIELD_WORDS, LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { longState } from '../../lib/words/port-summary.ts';
import { t } from '../../messages/lines.ts';
import { Absent } from '../../ui/absent.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Since } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';

/** A line in short, beside the list. */
export function LinePanel({ line }: { line: Line }) {
  const state = (field: (typeof PORT_STATE_FIELD_NAMES)[number]) => {
    const now = fieldState(line, field);
    return now.known ? now.word : <Absent spelled why={now.why} />;
  };
  return (
    <div className="flex flex-col gap-4">
      <div>
        <SeverityLabel severity={line.severity} className="text-base">
          {longState(line)}
        </SeverityLabel>
        {line.stateSince !== null && (
          <p className="mt-0.5 text-sm text-ink-3">
            {t('since')} <Since at={line.stateSince} />
          </p>
        )}
      </div>
      <Facts
        items={[
          [t('device'), LINE_DEVICE_WORDS[line.lineDeviceClass]],
          [t('number'), line.number ?? <Absent key="none" spelled why={t('noNumber')} />],
          [
            t('gateway'),
            <Link key="gateway" href={`/gateways/${line.gatewayId}`} className="hover:underline">
              {t('atPort', { gateway: line.gatewayName, position: line.position })}
            </Link>,
          ],
          [
            t('site'),
            <Link key="site" href={`/sites/${line.siteId}`} className="hover:underline">
              {line.siteName}
            </Link>,
          ],
          [
            t('customer'),
            <Link key="customer" href={`/customers/${line.customerId}`} className="hover:underline">
              {line.customerName}
            </Link>,
          ],
          [t('model'), vendorAndModelWithReason(line)],
          [t('firmware'), line.firmware ?? <Absent key="none" spelled why={t('notKnown')} />],
        ]}
      />
      <Facts items={PORT_STATE_FIELD_NAMES.map((field) => [FIELD_WORDS[field], state(field)])} />
    </div>
  );
}
