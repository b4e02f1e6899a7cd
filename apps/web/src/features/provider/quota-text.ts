import type { Quotas } from '@loopstart/domain';

export type QuotaTexts = Record<keyof Quotas, string>;

const GB = 1e9;

/** Quotas as a form has them: storage in GB, and no quota is an empty text. */
export const textOf = ({ ports, agents, storageBytes }: Quotas): QuotaTexts => ({
  ports: ports === null ? '' : String(ports),
  agents: agents === null ? '' : String(agents),
  storageBytes: storageBytes === null ? '' : String(storageBytes / GB),
});

/** The quotas of a form; a text that is no number stays one, which the schema refuses at its field. */
export const quotasOf = ({ ports, agents, storageBytes }: QuotaTexts): Record<keyof Quotas, unknown> => {
  const gigabytes = numberOf(storageBytes);
  return {
    ports: numberOf(ports),
    agents: numberOf(agents),
    storageBytes: typeof gigabytes === 'number' ? Math.round(gigabytes * GB) : gigabytes,
  };
};

function numberOf(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : trimmed;
}
