import type { Overview, PortCounts } from '@loopstart/contracts';
import { SEVERITIES } from '@loopstart/domain';
import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { FinePanel } from '../../features/overview/fine-panel.tsx';
import { barParts, CountsBar, CountsBrief, CountsLegend } from '../../ui/counts-bar.tsx';
import {
  attentionCount,
  countParts,
  countsSentence,
  linesSentence,
  okOfTotal,
  portsHref,
  SEVERITY_FILTERS,
  severitiesOf,
} from './line-counts.ts';

const none: PortCounts = { total: 0, ok: 0, info: 0, minor: 0, major: 0, critical: 0, unknown: 0 };
const counts = (some: Partial<PortCounts>): PortCounts => {
  const made = { ...none, ...some };
  return { ...made, total: SEVERITIES.reduce((sum, severity) => sum + made[severity], 0) };
};
const anyCounts = fc
  .record(
    Object.fromEntries(SEVERITIES.map((severity) => [severity, fc.nat(400)])) as Record<
      (typeof SEVERITIES)[number],
      fc.Arbitrary<number>
    >,
  )
  .map(counts);

/** What a piece of the console reads, with one blank between its parts. */
const textOf = (element: React.ReactElement) =>
  renderToStaticMarkup(element)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
const overview = (ports: PortCounts): Overview => ({
  at: '2026-11-23T12:00:00.000Z',
  causes: [],
  causesTotal: 0,
  unexplained: { things: [], total: 0, complete: true },
  ports,
  gateways: { total: 1, reachable: 1, unreachable: 0, unknown: 0 },
  agents: { total: 1, online: 1, silent: 0, neverConnected: 0 },
  sites: 1,
  customers: 1,
  activeCalls: null,
});
/** Every place that shows how lines are, as text. */
const PLACES: Record<string, (ports: PortCounts) => string> = {
  'the panel of the overview': (ports) => textOf(createElement(FinePanel, { overview: overview(ports) })),
  'the legend of a bar': (ports) => textOf(createElement(CountsLegend, { counts: ports })),
  'the row of a table': (ports) => textOf(createElement(CountsBrief, { counts: ports })),
  'the name of a bar': (ports) =>
    /aria-label="([^"]*)"/.exec(renderToStaticMarkup(createElement(CountsBar, { counts: ports })))![1]!,
};

describe('figures about lines', () => {
  // The case that was seen: 211 work, 9 are notices; the headline counted 220 as fine beside a bar that did not.
  const seen = counts({ ok: 211, info: 9, minor: 2, unknown: 20 });

  test('a notice is never counted as working', () => {
    expect(okOfTotal(seen)).toBe('211 of 242 lines OK');
    expect(countsSentence(seen)).toBe('242 ports: 2 minor, 20 unknown, 9 notices, 211 OK');
    expect(PLACES['the panel of the overview']!(seen)).toContain('87 % 211 of 242 lines OK');
    expect(PLACES['the row of a table']!(counts({ ok: 71, info: 9 }))).toBe('9 notices of 80');
    expect(PLACES['the row of a table']!(counts({ ok: 80 }))).toBe('80 OK');
  });

  test.for(Object.keys(PLACES))('%s says the same as every other', (place) => {
    fc.assert(
      fc.property(anyCounts, (ports) => {
        const said = PLACES[place]!(ports);
        for (const { n, word, severity } of countParts(ports)) {
          if (place === 'the row of a table' && severity === 'ok') continue;
          expect(said).toContain(`${n} ${word}`);
        }
        // Nothing is claimed that is not counted.
        for (const severity of SEVERITIES) {
          if (ports[severity] === 0 && severity !== 'ok')
            expect(said).not.toMatch(new RegExp(`\\d ${severity === 'info' ? 'notice' : severity}\\b`));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the bar has a part for every figure of the legend, and no other', () => {
    fc.assert(
      fc.property(anyCounts, (ports) => {
        expect(barParts(ports).map((part) => part.severity)).toEqual(countParts(ports).map((part) => part.severity));
      }),
    );
  });

  test('a figure leads to the lines that it counts', () => {
    const html = renderToStaticMarkup(createElement(CountsLegend, { counts: seen, of: { siteId: 's' } }));
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))).toEqual([
      '/ports?siteId=s&severity=minor',
      '/ports?siteId=s&severity=unknown',
      '/ports?siteId=s&severity=info',
      '/ports?siteId=s&severity=ok',
    ]);
    expect(portsHref({})).toBe('/ports');
  });

  test('what the headline counts is what its link filters by', () => {
    fc.assert(
      fc.property(anyCounts, (ports) => {
        const filtered = severitiesOf('attention')!.reduce((sum, severity) => sum + ports[severity], 0);
        expect(filtered).toBe(attentionCount(ports));
      }),
    );
    expect(SEVERITY_FILTERS.every(([filter]) => severitiesOf(filter)!.length > 0)).toBe(true);
  });

  test.for([
    [{ minor: 1 }, '1 line needs attention'],
    [{ major: 2, minor: 1 }, '3 lines need attention'],
    [{ critical: 1, major: 2 }, '3 lines need attention, 1 of them critical'],
    [{ critical: 1 }, '1 line needs attention, critical'],
    [{ unknown: 24 }, '24 lines unknown'],
    [{ ok: 4, info: 2 }, ''],
  ] as const)('%j reads "%s"', ([some, sentence]) => {
    expect(linesSentence(counts(some))).toBe(sentence);
  });
});
