import { ScimError } from './scim-error.ts';

const PAGE_DEFAULT = 100;
export const PAGE_MAX = 200;
const INDEX_MAX = 1_000_000;

/** Which part of a list is asked for (RFC 7644, section 3.4.2.4). */
export interface Page {
  /** From 1. */
  startIndex: number;
  count: number;
}

/** Below its least value a number stands for that (section 3.4.2.4). Throws `invalidValue` for what is no number. */
export function pageOf({ startIndex, count }: { startIndex?: unknown; count?: unknown }): Page {
  return {
    startIndex: Math.min(Math.max(integer(startIndex, 'startIndex') ?? 1, 1), INDEX_MAX),
    count: Math.min(Math.max(integer(count, 'count') ?? PAGE_DEFAULT, 0), PAGE_MAX),
  };
}

function integer(value: unknown, name: string): number | null {
  if (value === undefined || value === '') return null;
  const text = String(value);
  if (!/^-?\d{1,9}$/.test(text)) throw new ScimError(400, `"${name}" is a whole number.`, 'invalidValue');
  return Number(text);
}

export function listOf<T extends object>(total: number, { startIndex }: Page, resources: readonly T[]) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
