'use client';

import type { Place } from '@loopstart/contracts';
import Link from 'next/link';
import { Fragment } from 'react';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { placeSteps } from '../../lib/words/incident.ts';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';

/** Keeps the icon on the line of its label. */
const WORD_JOINER = '\u2060';

/** Where something is, from the customer down to the port, each step a link to its page. */
export function PlaceTrail({ place }: { place: Place }) {
  const steps = placeSteps(place);
  if (steps.length === 0) return <span className="text-ink-2">Several sites</span>;
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
            {step.level === 'port' && device !== undefined && device !== 'unknown' && (
              <LineDeviceIcon device={device} className="mr-1 inline-block size-3.5 align-[-0.125em] text-ink-3" />
            )}
            {step.level === 'port' && WORD_JOINER}
            {step.label}
          </Link>
        </Fragment>
      ))}
      {device !== undefined && device !== 'unknown' && device !== 'unused' && (
        <span className="text-ink-3">, {LINE_DEVICE_WORDS[device].toLowerCase()}</span>
      )}
    </span>
  );
}
