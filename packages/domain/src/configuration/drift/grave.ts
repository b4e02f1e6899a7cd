/** Why a changed key is worse than others. `sealed`: a layer above closed it to all below. */
export const GRAVE_CAUSES = ['emergency', 'sealed'] as const;
export type GraveCause = (typeof GRAVE_CAUSES)[number];

export interface GraveKey {
  readonly key: string;
  readonly cause: GraveCause;
}

/** The changed keys that are worse than others, in their order; what emergency calls need comes before what is sealed. */
export function graveKeys(
  changed: readonly string[],
  { emergency, sealed }: { emergency: ReadonlySet<string>; sealed: ReadonlySet<string> },
): GraveKey[] {
  return changed.flatMap((key): GraveKey[] => {
    if (emergency.has(key)) return [{ key, cause: 'emergency' }];
    return sealed.has(key) ? [{ key, cause: 'sealed' }] : [];
  });
}
