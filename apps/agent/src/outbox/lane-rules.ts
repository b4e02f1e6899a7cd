import {
  kindsByDiskCode,
  OUTBOX_LANES,
  type OutboxLane,
  UP_KIND_TABLE,
  UP_KINDS,
  type UpKind,
} from '@loopstart/contracts';

/**
 * A lane is a sequence of files. Messages that are evicted together are stored together, so an eviction removes a file:
 * it needs no free disk and no rewriting, which a full disk would not allow.
 */
export const LANES = OUTBOX_LANES;
export type LaneName = OutboxLane;

/** The lane of a kind, from the table of the contract. */
export const LANE_OF = Object.fromEntries(UP_KINDS.map((kind) => [kind, UP_KIND_TABLE[kind].lane])) as Readonly<
  Record<UpKind, LaneName>
>;

/** The kind of each code on disk, and the code of each kind. */
export const KINDS_ON_DISK: readonly (UpKind | undefined)[] = kindsByDiskCode(UP_KIND_TABLE);
export const DISK_CODE_OF = Object.fromEntries(
  UP_KINDS.map((kind) => [kind, UP_KIND_TABLE[kind].diskCode]),
) as Readonly<Record<UpKind, number>>;
