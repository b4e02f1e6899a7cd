import type { ModelContext, ModelSpec } from './driver.ts';

/**
 * The model that a table of sysObjectIDs has for a unit. Where several share one, which is then that of a family, the
 * number of ports decides; null where that does not leave exactly one.
 */
export function modelByObjectId(
  models: readonly ModelSpec[],
  { sysObjectId, ports }: Pick<ModelContext, 'sysObjectId' | 'ports'>,
): string | null {
  const family = models.filter((known) => known.sysObjectId !== null && known.sysObjectId === sysObjectId);
  return only(family) ?? only(family.filter(({ fxs, fxo }) => fxs + fxo === ports.length));
}

const only = (models: readonly ModelSpec[]) => (models.length === 1 ? (models[0]?.name ?? null) : null);

/** The model of this very name, whatever its case; null where the table has none. */
export function modelByName(models: readonly ModelSpec[], name: string | null): string | null {
  const wanted = name?.toLowerCase();
  return models.find((known) => known.name.toLowerCase() === wanted)?.name ?? null;
}
