'use client';

import type { Place } from '@loopstart/contracts';
import type { LineDeviceClass } from '@loopstart/domain';
import Link from 'next/link';
import { Fragment } from 'react';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { placeSteps } from '../../lib/words/incident.ts';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';
import { t } from '../../messages/alerts.ts';

/** Where something is, from the customer down to the port, each step a link to its page. */
export function PlaceTrail({ place }: { place: Place }) {
  const steps = placeSteps(place);
  if (steps.length === 0) return <span className="text-ink-2">{t('severalSites')}</span>;
  const device = place.port?.lineDeviceClass;
  return (
    <span className="leading-6">
      {steps.map((step, index) => (
        <Fragment key={step.href}>
          {index > 0 && (
            <span aria-hidden="true" className="text-ink-3">
              {' › '}
            </span>
          )}
          <Link href={step.href} className="underline-offset-2 hover:underline">
            <StepLabel label={step.label} device={step.level === 'port' ? device : undefined} />
          </Link>
        </Fragment>
      ))}
      {device !== undefined && device !== 'unknown' && device !== 'unused' && (
        <span className="text-ink-3">, {LINE_DEVICE_WORDS[device].toLowerCase()}</span>
      )}
    </span>
  );
}

/** A label with the sign of its line device, which stays on the line of the first word. */
function StepLabel({ label, device }: { label: string; device: LineDeviceClass | undefined }) {
  if (device === undefined || device === 'unknown') return label;
  const [first, ...rest] = label.split(' ');
  return (
    <>
      <span className="whitespace-nowrap">
        <LineDeviceIcon device={device} className="mr-1 inline-block size-3.5 align-[-0.125em] text-ink-3" />
        {first}
      </span>
      {rest.length > 0 && ` ${rest.join(' ')}`}
    </>
  );
}
