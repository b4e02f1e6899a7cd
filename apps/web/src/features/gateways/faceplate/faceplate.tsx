'use client';

import type { Port } from '@loopstart/contracts';
import { type KeyboardEvent, useRef, useState } from 'react';
import { KIND_WORDS, LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { longState, portTitle } from '../../../lib/words/port-summary.ts';
import { Since } from '../../../ui/moment.tsx';
import { cx } from '../../../ui/cx.ts';
import { layOut, isMove, neighbour, type PortGroup } from './layout.ts';
import { Legend } from './legend.tsx';
import { PortCell } from './port-cell.tsx';
import { t } from '../../../messages/gateways.ts';

const COLUMNS: Record<number, string> = {
  1: 'grid-cols-1',
  2: 'grid-cols-2',
  3: 'grid-cols-3',
  4: 'grid-cols-4',
  5: 'grid-cols-5',
  6: 'grid-cols-6',
  7: 'grid-cols-7',
  8: 'grid-cols-8',
  9: 'grid-cols-9',
  10: 'grid-cols-10',
  11: 'grid-cols-11',
  12: 'grid-cols-12',
};

/**
 * The front of a gateway. One tab stop; arrow keys move between ports as they lie, Enter opens one.
 * Where there is no room for words (a phone), jacks and signs stay, and the words follow in a list.
 */
export function Faceplate({ name, maker, ports }: { name: string; maker: string; ports: readonly Port[] }) {
  const groups = layOut(ports);
  const [focus, setFocus] = useState<number>(groups[0]?.rows[0]?.[0] ?? 1);
  const [attended, setAttended] = useState<number | null>(null);
  const grid = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent<HTMLAnchorElement>) => {
    if (!isMove(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = neighbour(groups, Number(event.currentTarget.dataset.position), event.key);
    setFocus(next);
    grid.current?.querySelector<HTMLElement>(`[data-position="${next}"]`)?.focus();
  };

  const byPosition = new Map(ports.map((port) => [port.position, port]));
  const shown = attended === null ? undefined : byPosition.get(attended);
  return (
    <div className="@container">
      <div className="rounded-lg border border-panel-line bg-panel px-1.5 py-2 @2xl:px-3">
        <p className="mb-1.5 flex justify-between gap-4 px-1 text-2xs font-semibold tracking-wide text-ink-2 uppercase">
          <span className="truncate">{maker}</span>
          <span className="truncate normal-case">{name}</span>
        </p>
        <div
          ref={grid}
          role="grid"
          aria-label={t('faceplateLabel', { name })}
          className="flex flex-wrap gap-x-6 gap-y-3"
        >
          {groups.map((group) => (
            <Group key={group.kind} group={group} named={groups.length > 1}>
              {(position) => {
                const port = byPosition.get(position);
                return port === undefined ? null : (
                  <PortCell port={port} focusable={position === focus} onKeyDown={onKeyDown} onAttend={setAttended} />
                );
              }}
            </Group>
          ))}
        </div>
      </div>
      <p aria-hidden="true" className="mt-2 min-h-5 truncate text-sm text-ink-2 @max-2xl:hidden">
        {shown === undefined ? (
          <span className="text-ink-3">{t('pointPortMoveArrow')}</span>
        ) : (
          <Attended port={shown} />
        )}
      </p>
      <Legend ports={ports} />
    </div>
  );
}

function Group(props: { group: PortGroup; named: boolean; children: (position: number) => React.ReactNode }) {
  const { kind, rows } = props.group;
  const columns = Math.max(...rows.map((row) => row.length));
  return (
    <div
      role="rowgroup"
      aria-label={t('portsOfKind', { kind: KIND_WORDS[kind] })}
      className={cx('min-w-0 grow', columns < 4 && 'max-w-64')}
    >
      {props.named && <p className="mb-0.5 px-1 text-2xs text-ink-2">{KIND_WORDS[kind]}</p>}
      <div role="presentation" className="flex flex-col gap-1">
        {rows.map((row) => (
          <div key={row[0]} role="row" className={cx('grid gap-0.5 @2xl:gap-1', COLUMNS[columns])}>
            {row.map((position) => (
              <div key={position} role="gridcell" className="min-w-0">
                {props.children(position)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The port pointed at, in words. Screen readers have the same from the port itself. */
function Attended({ port }: { port: Port }) {
  const facts = [port.number, LINE_DEVICE_WORDS[port.lineDeviceClass]].filter(Boolean).join(', ');
  return (
    <>
      <span className="font-semibold text-ink">
        {port.position} · {portTitle(port)}
      </span>{' '}
      ({facts}):{' '}
      {port.severity === 'unknown' ? t('lastReadAs', { state: longState(port).toLowerCase() }) : longState(port)}
      {port.stateSince !== null && <>{t.rich('forSinceSuffix', { since: <Since at={port.stateSince} /> })}</>}
    </>
  );
}
