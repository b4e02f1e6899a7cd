import type { ModelReason } from '@loopstart/domain';

const REASONS: Record<ModelReason, string> = {
  'unknown-hardware': 'nothing it reports names a model that is known',
  'not-reported': 'it reports nothing that names it',
};

/** Title of a gateway: its vendor and model, or why there is no model. Without a vendor it was not read yet. */
export function vendorAndModel(gateway: {
  vendor: string | null;
  model: string | null;
  modelReason?: ModelReason | null | undefined;
}): string {
  const { vendor, model, modelReason } = gateway;
  if (vendor === null) return 'not recognised yet';
  if (model !== null) return `${vendor} ${model}`;
  return `${vendor}, model not known${modelReason ? ` (${REASONS[modelReason]})` : ''}`;
}

/** The same for a column of a table. */
export function modelCell({ vendor, model }: { vendor: string | null; model: string | null }): string | null {
  return vendor === null ? null : (model ?? 'not known');
}
