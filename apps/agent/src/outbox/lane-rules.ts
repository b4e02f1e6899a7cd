import type { UpKind } from '@loopstart/contracts';

/**
 * A lane is a row of files of its own. Messages that are evicted together lie together, so an eviction is
 * removing a file: it needs no free disk and no rewriting, which a full disk would not allow.
 */
export const LANES = ['telemetry', 'inventory', 'lasting'] as const;
export type LaneName = (typeof LANES)[number];

/** What may be lost first (telemetry: the next poll tells it again) and what last (it happens once). */
export const LANE_OF: Readonly<Record<UpKind, LaneName>> = {
  reports: 'telemetry',
  unchanged: 'telemetry',
  health: 'telemetry',
  inventory: 'inventory',
  reachability: 'lasting',
  events: 'lasting',
  gap: 'lasting',
  action: 'lasting',
  renew: 'lasting',
};

/** A kind's code on disk is its place here: append only, never reorder, or old outboxes are misread. */
export const KINDS_ON_DISK: readonly UpKind[] = [
  'reports',
  'unchanged',
  'health',
  'inventory',
  'reachability',
  'events',
  'gap',
  'action',
  'renew',
];
