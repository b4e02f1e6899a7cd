'use client';

import type { Site } from '@loopstart/contracts';
import { type Severity, severityRank, worse } from '@loopstart/domain';
import { Maximize } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Graticule } from './graticule.tsx';
import { GroupMark, SiteMark } from './marks.tsx';
import { groupMarks, placeLabels, ring } from './markers.ts';
import { fitPlaces, type Point } from './projection.ts';
import { useSize } from './use-size.ts';
import { t } from '../../../messages/sites.ts';

const PADDING_PX = 56;
/** Sites nearer than this are at the same address: no zoom parts them. About 300 m. */
const SAME_PLACE_DEGREES = 0.003;

type Placed = Site & { latitude: number; longitude: number };
interface Mark {
  sites: Placed[];
  point: Point;
  worst: Severity;
  text: string;
}

/** Sites as they lie, each with its worst state as a shape. The list below says the same in words. */
export function SiteMap({ sites }: { sites: readonly Site[] }) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame, { width: 1100, height: 320 });
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const placed = useMemo(() => sites.filter(isPlaced), [sites]);
  const inChoice = placed.filter((site) => chosen?.includes(site.id));
  const visible = inChoice.length > 0 ? inChoice : placed;
  const nowhere = sites.length - placed.length;

  return (
    <div className="flex flex-col">
      <div ref={frame} className="relative h-56 overflow-hidden bg-sunken sm:h-80">
        {visible.length === 0 ? (
          <p className="grid h-full place-items-center px-6 text-center text-sm text-ink-2">
            {t('noneSitesPositionEnter')}
          </p>
        ) : (
          <Plot sites={visible} size={size} onZoom={setChosen} />
        )}
        {inChoice.length > 0 && (
          <div className="absolute top-3 right-3">
            <Button
              size="sm"
              onClick={() => setChosen(null)}
              icon={<Maximize aria-hidden="true" className="size-3.5" />}
            >
              {t('showAll')}
            </Button>
          </div>
        )}
      </div>
      {nowhere > 0 && placed.length > 0 && (
        <p className="border-t border-line px-4 py-1.5 text-sm text-ink-3">
          {t('siteWithoutPositionAppears', { nowhere })}
        </p>
      )}
    </div>
  );
}

function Plot(props: {
  sites: readonly Placed[];
  size: { width: number; height: number };
  onZoom: (ids: readonly string[]) => void;
}) {
  const { sites, size, onZoom } = props;
  const { projection, marks, labels } = useMemo(() => {
    const fitted = fitPlaces(sites, size, Math.min(PADDING_PX, size.height / 4));
    const found = marksOf(sites, fitted.at);
    return { projection: fitted, marks: found, labels: placeLabels(found, size) };
  }, [sites, size]);
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      className="block size-full"
      role="group"
      aria-label={t('mapOfSites')}
    >
      <Graticule projection={projection} size={size} />
      {marks.map((mark, index) =>
        mark.sites.length === 1 ? (
          <SiteMark key={mark.sites[0]!.id} site={mark.sites[0]!} point={mark.point} label={labels[index] ?? null} />
        ) : (
          <GroupMark
            key={mark.sites.map((site) => site.id).join()}
            mark={mark}
            label={labels[index] ?? null}
            onPress={() => onZoom(mark.sites.map((site) => site.id))}
          />
        ),
      )}
    </svg>
  );
}

/** What is drawn, worst last so that it lies on top. */
function marksOf(sites: readonly Placed[], at: (place: Placed) => Point): Mark[] {
  const groups = groupMarks(sites.map((item) => ({ item, point: at(item) })));
  const marks = groups.flatMap(({ items, point }): Mark[] => {
    if (items.length === 1 || !areSamePlace(items)) return [markOf(items, point)];
    return ring(point, items.length).map((spot, index) => markOf([items[index]!], spot));
  });
  return marks.toSorted((a, b) => severityRank(a.worst) - severityRank(b.worst));
}

function markOf(sites: Placed[], point: Point): Mark {
  return {
    sites,
    point,
    worst: sites.reduce<Severity>((worst, site) => worse(worst, site.worst), 'ok'),
    text: sites.length === 1 ? sites[0]!.name : t('site', { count: sites.length }),
  };
}

function areSamePlace(sites: readonly Placed[]): boolean {
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
  return (
    spread(sites.map((site) => site.latitude)) < SAME_PLACE_DEGREES &&
    spread(sites.map((site) => site.longitude)) < SAME_PLACE_DEGREES
  );
}

function isPlaced(site: Site): site is Placed {
  return site.latitude !== null && site.longitude !== null;
}
