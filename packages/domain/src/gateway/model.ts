/** Why the model of a gateway is not known. */
export const MODEL_REASONS = ['unknown-hardware', 'not-reported'] as const;
export type ModelReason = (typeof MODEL_REASONS)[number];

/** The model of a gateway; exactly one of the two is null. */
export interface KnownModel {
  model: string | null;
  modelReason: ModelReason | null;
}

/**
 * A model as it was found, with the reason where none was: `reported` is what it could have been read from. A gateway
 * that answered some of it is hardware that no table and no structure names; one that answered nothing does not say.
 */
export function knownModel(model: string | null, reported: readonly (string | null)[]): KnownModel {
  if (model !== null) return { model, modelReason: null };
  const answered = reported.some((text) => text !== null);
  return { model, modelReason: answered ? 'unknown-hardware' : 'not-reported' };
}
