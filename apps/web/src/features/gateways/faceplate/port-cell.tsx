import type { Port } from '@loopstart/contracts';
import Link from 'next/link';
import type { KeyboardEvent } from 'react';
import { LINE_DEVICE_WORDS, SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { portSign, type PortSign } from '../../../lib/words/port-sign.ts';
import { longState, portTitle, shortState } from '../../../lib/words/port-summary.ts';
import { cx } from '../../../ui/cx.ts';
import { LineDeviceIcon } from '../../../ui/line-device-icon.tsx';
import { PortSignIcon } from '../../../ui/port-sign.tsx';
import { SEVERITY_TEXT, SeverityMark } from '../../../ui/severity-mark.tsx';
import { Jack, type JackState } from './jack.tsx';
import { t } from '../../../messages/gateways.ts';

const GROUNDS: Record<Port['severity'], string> = {
  ok: 'border-transparent',
  info: 'border-info-line bg-info-soft',
  minor: 'border-minor-line bg-minor-soft',
  major: 'border-major-line bg-major-soft',
  critical: 'border-critical-line bg-critical-soft',
  unknown: 'border-transparent stale-hatch',
};

const BUSY: ReadonlySet<PortSign> = new Set(['in-use', 'ringing', 'dialling', 'hold']);

/** One port on the faceplate: number, jack, state by shape, sign and word, and what is plugged in. */
export function PortCell(props: {
  port: Port;
  focusable: boolean;
  onKeyDown: (event: KeyboardEvent<HTMLAnchorElement>) => void;
  onAttend: (position: number | null) => void;
}) {
  const { port } = props;
  const sign = portSign(port);
  const busy = BUSY.has(sign);
  const words = port.severity === 'unknown' ? t('unknown') : shortState(port);
  return (
    <Link
      href={`/gateways/${port.gatewayId}/ports/${port.position}`}
      title={`${port.position} · ${portTitle(port)}`}
      prefetch={false}
      tabIndex={props.focusable ? 0 : -1}
      data-position={port.position}
      onKeyDown={props.onKeyDown}
      onFocus={() => props.onAttend(port.position)}
      onBlur={() => props.onAttend(null)}
      onMouseEnter={() => props.onAttend(port.position)}
      onMouseLeave={() => props.onAttend(null)}
      className={cx(
        'flex h-full min-w-0 flex-col items-center rounded-md border px-0.5 pt-0.5 pb-1 hover:border-edge @2xl:pb-1.5',
        busy ? 'border-transparent bg-accent-soft' : GROUNDS[port.severity],
      )}
    >
      <span className="flex w-full items-center justify-center gap-0.5 @2xl:justify-between @2xl:px-0.5">
        <span className="text-sm leading-tight font-semibold text-ink @2xl:text-base">
          {t.rich('hiddenPort', { position: port.position, hidden: <span className="sr-only" /> })}
        </span>
        <span className="inline-flex items-center gap-0.5 @max-2xl:hidden">
          {port.severity !== 'ok' && port.severity !== 'unknown' && (
            <SeverityMark severity={port.severity} className="size-3" />
          )}
          <LineDeviceIcon device={port.lineDeviceClass} className="size-3.5 shrink-0 text-ink-3" />
        </span>
      </span>
      <Jack state={jackState(port, busy)} className="w-full max-w-12" />
      <span
        className={cx(
          'mt-0.5 inline-flex max-w-full items-center gap-px text-xs @2xl:text-2xs @7xl:text-xs',
          busy
            ? 'font-semibold text-accent'
            : port.severity === 'ok'
              ? 'text-ink-2'
              : cx('font-semibold', SEVERITY_TEXT[port.severity]),
        )}
      >
        <PortSignIcon sign={sign} className={cx('size-3.5 @2xl:size-3', sign === 'idle' && 'text-ink-3')} />
        <span data-port-label="" className="leading-tight wrap-anywhere @max-2xl:sr-only">
          {words}
        </span>
      </span>
      {/* Words wrap, and what differs is mostly at the end: three lines hold a label that one would cut to "Roo…". */}
      <span
        data-port-label=""
        className="line-clamp-3 w-full text-center text-2xs leading-tight text-balance text-ink-2 wrap-anywhere @max-2xl:sr-only"
      >
        {port.label ?? port.number ?? LINE_DEVICE_WORDS[port.lineDeviceClass]}
      </span>
      <span className="sr-only">. {spoken(port)}</span>
    </Link>
  );
}

/** What the cell shows only by shape and colour, in words; its number, short state and name are text already. */
function spoken(port: Port): string {
  const state = port.severity === 'unknown' ? t('stateUnknown') : longState(port);
  const grade =
    port.severity === 'ok' || port.severity === 'unknown' ? '' : ` (${SEVERITY_WORDS[port.severity].toLowerCase()})`;
  return `${LINE_DEVICE_WORDS[port.lineDeviceClass]}. ${state}${grade}`;
}

function jackState(port: Port, busy: boolean): JackState {
  if (port.severity === 'unknown') return 'unknown';
  if (port.fault === 'no-line-device' || port.lineDeviceClass === 'unused') return busy ? 'in-use' : 'empty';
  return busy ? 'in-use' : 'plugged';
}
