import { t } from '../../../messages/incidents.ts';

/** What came of acknowledging several, as title and rest of a short message. */
export function bulkResult(result: { acknowledged: number; already: number; notFound: number }): {
  title: string;
  rest: string | undefined;
} {
  const title =
    result.acknowledged === 0
      ? t('noIncidentAcknowledged')
      : t('incidentAcknowledged', { acknowledged: result.acknowledged });
  const rest = [
    result.already > 0 && t('already', { already: result.already }),
    result.notFound > 0 && t('notFound', { notFound: result.notFound }),
  ].filter((part) => part !== false);
  return { title, rest: rest.length === 0 ? undefined : `${rest.join('; ')}.` };
}
