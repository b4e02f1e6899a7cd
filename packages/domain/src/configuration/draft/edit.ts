import type { ConfigEntry, EntryKey } from '../entries/index.ts';

export const CONFIG_DRAFT_STATES = ['open', 'published', 'discarded'] as const;
export type ConfigDraftState = (typeof CONFIG_DRAFT_STATES)[number];

/** `set` gives a value, `unmanage` leaves what the gateway has, `reset` removes the entry so that the weaker one holds. */
export const CONFIG_EDIT_ACTIONS = ['set', 'unmanage', 'reset'] as const;
export type ConfigEditAction = (typeof CONFIG_EDIT_ACTIONS)[number];

/** One change of one entry in a draft. */
export interface ConfigEdit extends EntryKey {
  readonly id: string;
  readonly action: ConfigEditAction;
  readonly value: unknown;
  readonly isSealed: boolean;
  readonly author: string;
  readonly at: number;
  /** The published entry that its author saw; null: none. */
  readonly baseId: string | null;
}

/** What stands at the key of an edit now: an edit of the same draft before a published entry. */
export interface StandingThere {
  readonly edit: Pick<ConfigEdit, 'id' | 'author' | 'at'> | null;
  readonly entry: Pick<ConfigEntry, 'id' | 'author' | 'at'> | null;
}

/** The change that an author did not see; null: they saw what stands there. */
export function unseen(sees: string | null, { edit, entry }: StandingThere): StandingThere['edit'] {
  const standing = edit ?? entry;
  if (standing === null) return sees === null ? null : { id: sees, author: 'somebody', at: 0 };
  return standing.id === sees ? null : standing;
}

/** Whether another revision changed the entry since the edit was made. */
export const isStale = (edit: Pick<ConfigEdit, 'baseId'>, entry: Pick<ConfigEntry, 'id'> | null): boolean =>
  edit.baseId !== (entry?.id ?? null);
