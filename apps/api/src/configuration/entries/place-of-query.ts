import { ConfigPlace, type Endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { refused } from '../../core/http/refuse.ts';

/** The place that a query names. Throws `invalid-input` where it does not name one. */
export function placeOfQuery(query: z.output<Endpoints['listConfigEntries']['query']>): ConfigPlace {
  const parsed = ConfigPlace.safeParse(query);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw refused(`query.${path.join('.')}`, message);
}
