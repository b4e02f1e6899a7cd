import { AUDIT_SUBJECTS, AUDIT_VERBS } from '@loopstart/domain';
import { t } from '../../messages/audit.ts';
import type { GridFilters } from '../../ui/grid/model.ts';
import { SUBJECT_WORDS, VERB_WORDS } from './words.ts';

/** What the audit trail is filtered by. The names are those of the API. */
export const AUDIT_FILTERS: GridFilters = {
  within: {
    label: t('period'),
    options: [
      ['24h', t('last24Hours')],
      ['7d', t('last7Days')],
      ['30d', t('last30Days')],
      ['90d', t('last90Days')],
    ],
    single: true,
  },
  userId: { label: t('who'), counted: true },
  verb: { label: t('what'), options: AUDIT_VERBS.map((verb) => [verb, VERB_WORDS[verb]]), counted: true },
  subjectType: {
    label: t('kindOfObject'),
    options: AUDIT_SUBJECTS.map((subject) => [subject, SUBJECT_WORDS[subject]]),
    counted: true,
  },
  subjectId: { label: t('object'), counted: true },
};
