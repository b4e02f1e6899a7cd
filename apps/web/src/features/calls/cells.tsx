import type { CallRecord } from '@loopstart/contracts';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { duration } from '../../lib/format/time.ts';
import { CALL_DIRECTION_WORDS, CALL_PROGRESS_WORDS, CALL_QUALITY_WORDS, CALL_WHY_WORDS } from '../../lib/words/call.ts';
import { t } from '../../messages/calls.ts';
import { Absent } from '../../ui/absent.tsx';
import { CellLink } from '../../ui/grid/row-link.tsx';
import { Tag } from '../../ui/tag.tsx';

/** Why a value of a call is not known, in words. */
export const whyOf = ({ nulls }: CallRecord, name: string): string => CALL_WHY_WORDS[nulls[name] ?? 'not-sent'];

/** A value of a call, or a dash with its reason. */
export function Known({ call, name, children }: { call: CallRecord; name: string; children: ReactNode }) {
  return children === null ? <Absent why={whyOf(call, name)} /> : children;
}

export function Progress({ call: { progress } }: { call: CallRecord }) {
  if (progress === 'ended') return <span className="text-ink-2">{CALL_PROGRESS_WORDS.ended}</span>;
  return <Tag tone={progress === 'no-end-received' ? 'unknown' : 'accent'}>{CALL_PROGRESS_WORDS[progress]}</Tag>;
}

export function Direction({ call }: { call: CallRecord }) {
  const { direction } = call;
  if (direction === null) return <Absent why={whyOf(call, 'direction')} />;
  const Icon = direction === 'from-line' ? ArrowUpRight : ArrowDownLeft;
  return (
    <span className="inline-flex items-center gap-1 text-ink-2">
      <Icon aria-hidden="true" className="size-3.5" />
      {CALL_DIRECTION_WORDS[direction]}
    </span>
  );
}

/** Digits stand in one width, so that numbers can be compared. */
export const Digits = ({ children }: { children: string }) => <span className="font-mono text-sm">{children}</span>;

export const Dialled = ({ call }: { call: CallRecord }) => {
  const number = call.dialled ?? call.called;
  return (
    <Known call={call} name="dialled">
      {number === null ? null : <Digits>{number}</Digits>}
    </Known>
  );
};

/** Time in conversation: of a call that is not over, or whose end never came, there is none. */
export function Talk({ call }: { call: CallRecord }) {
  if (call.progress === 'no-end-received') return <Absent why={t('noEndLong')} />;
  if (call.progress !== 'ended') return null;
  if (call.talkMs === 0) return <span className="text-ink-2">{t('notAnswered')}</span>;
  return (
    <Known call={call} name="talkMs">
      {call.talkMs === null ? null : duration(call.talkMs)}
    </Known>
  );
}

export function Quality({ call }: { call: CallRecord }) {
  const { mos } = call.quality;
  if (mos === null || call.qualityBand === null) return <Absent why={whyOf(call, 'mos')} />;
  return (
    <span className={call.qualityBand === 'poor' ? 'text-major' : 'text-ink-2'}>
      {CALL_QUALITY_WORDS[call.qualityBand]} <span className="text-ink-3">{mos.toFixed(1)}</span>
    </span>
  );
}

/** The gateway of a call, and its port where the record names one. */
export function CallPlace({ call }: { call: CallRecord }) {
  const { gatewayId, gatewayName, position, portLabel } = call;
  return (
    // Where the column is narrow, the name of the gateway is shortened before that of the line.
    <span className="flex min-w-0 items-center">
      <span className="min-w-8 shrink">
        <CellLink href={`/gateways/${gatewayId}`}>{gatewayName}</CellLink>
      </span>
      <span aria-hidden="true" className="px-1 text-ink-3">
        ›
      </span>
      <span className="max-w-2/3 min-w-0 shrink-0">
        {position === null ? (
          <Absent why={whyOf(call, 'position')} />
        ) : (
          <CellLink href={`/gateways/${gatewayId}/ports/${position}`}>{portLabel ?? t('portN', { position })}</CellLink>
        )}
      </span>
    </span>
  );
}
