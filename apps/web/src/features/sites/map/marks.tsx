'use client';

import type { Site } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import Link from 'next/link';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { SeverityMark } from '../../../ui/severity-mark.tsx';
import type { Label } from './markers.ts';
import type { Point } from './projection.ts';
import { t } from '../../../messages/sites.ts';

const MARK_PX = 18;
/** Larger than the mark, so that a finger finds it. */
const TARGET_PX = 30;
const FOCUS =
  'outline-none [&_.ring]:opacity-0 focus-visible:[&_.ring]:opacity-100 hover:[&_.label]:underline cursor-pointer';

/** One site; leads to its page. */
export function SiteMark({ site, point, label }: { site: Site; point: Point; label: Label | null }) {
  const words = `${site.name}, ${site.customer.name}: ${SEVERITY_WORDS[site.worst].toLowerCase()}`;
  return (
    <Link href={`/sites/${site.id}`} aria-label={words} className={FOCUS}>
      <title>{words}</title>
      <Target point={point} />
      <Shape severity={site.worst} point={point} />
      {label !== null && <Name label={label}>{site.name}</Name>}
    </Link>
  );
}

/** Several sites too close to tell apart; pressing shows them larger. */
export function GroupMark(props: {
  mark: { sites: readonly Site[]; point: Point; worst: Severity; text: string };
  label: Label | null;
  onPress: () => void;
}) {
  const { sites, point, worst, text } = props.mark;
  const words = t('cluster', {
    count: sites.length,
    worst: SEVERITY_WORDS[worst].toLowerCase(),
    names: sites.map((site) => site.name).join(', '),
  });
  return (
    <g
      role="button"
      tabIndex={0}
      aria-label={words}
      className={FOCUS}
      onClick={props.onPress}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        props.onPress();
      }}
    >
      <title>{words}</title>
      <Target point={point} />
      <circle cx={point.x} cy={point.y} r={15} className="fill-surface stroke-edge" strokeDasharray="3 2.5" />
      <Shape severity={worst} point={point} />
      {props.label !== null && <Name label={props.label}>{text}</Name>}
    </g>
  );
}

function Target({ point }: { point: Point }) {
  return (
    <>
      <rect
        x={point.x - TARGET_PX / 2}
        y={point.y - TARGET_PX / 2}
        width={TARGET_PX}
        height={TARGET_PX}
        className="fill-transparent"
      />
      <circle cx={point.x} cy={point.y} r={17} className="ring fill-transparent stroke-accent" strokeWidth={2.5} />
    </>
  );
}

function Shape({ severity, point }: { severity: Severity; point: Point }) {
  return (
    <>
      <circle cx={point.x} cy={point.y} r={MARK_PX / 2 + 2.5} className="fill-surface" />
      <svg x={point.x - MARK_PX / 2} y={point.y - MARK_PX / 2} width={MARK_PX} height={MARK_PX} viewBox="0 0 16 16">
        <SeverityMark severity={severity} />
      </svg>
    </>
  );
}

function Name({ label, children }: { label: Label; children: string }) {
  return (
    <text
      x={label.x}
      y={label.y}
      textAnchor={label.anchor}
      className="label fill-ink text-xs font-medium"
      paintOrder="stroke"
      stroke="var(--color-sunken)"
      strokeWidth={4}
      strokeLinejoin="round"
    >
      {children}
    </text>
  );
}
