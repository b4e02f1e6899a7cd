import { counted } from '../../../lib/format/number.ts';

/** What came of acknowledging several, as title and rest of a short message. */
export function bulkResult(result: { acknowledged: number; already: number; notFound: number }): {
  title: string;
  rest: string | undefined;
} {
  const title =
    result.acknowledged === 0 ? 'None was acknowledged' : `${counted(result.acknowledged, 'incident')} acknowledged`;
  const rest = [
    result.already > 0 && `${result.already} ${result.already === 1 ? 'was' : 'were'} already, or over`,
    result.notFound > 0 && `${result.notFound} could not be found`,
  ].filter((part) => part !== false);
  return { title, rest: rest.length === 0 ? undefined : `${rest.join('; ')}.` };
}
