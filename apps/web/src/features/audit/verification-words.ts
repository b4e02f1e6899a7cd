import type { AuditVerification } from '@loopstart/contracts';
import { t } from '../../messages/audit.ts';

/** What a verification found, in one sentence. */
export function verdictWords({ verdict, entries, first, last, breaksTotal }: AuditVerification): string {
  if (verdict === 'empty' || first === null || last === null)
    return verdict === 'broken' ? t('brokenIn', { count: breaksTotal }) : t('nothingToVerify');
  const span = { entries, from: first.seq, to: last.seq };
  return verdict === 'unbroken' ? t('unbroken', span) : t('broken', { ...span, count: breaksTotal });
}

/** What vouches for it besides the chain, and what nothing vouches for. */
export function vouchedWords({ heads, last, deletedUpTo, beforeChain, erased }: AuditVerification): string[] {
  const after = (last?.seq ?? 0) - (heads.lastSeq ?? 0);
  return [
    ...(heads.total === 0
      ? [t('noHeads')]
      : [t('headsMatch', { matching: heads.matching, total: heads.total, key: heads.keyId })]),
    ...(heads.total > 0 && after > 0 ? [t('afterHead', { count: after })] : []),
    ...(deletedUpTo === null ? [] : [t('deletedUpTo', { seq: deletedUpTo })]),
    ...(erased === 0 ? [] : [t('erasedParts', { count: erased })]),
    ...(beforeChain === 0 ? [] : [t('beforeChainCount', { count: beforeChain })]),
  ];
}

type Break = AuditVerification['breaks'][number];

/** One break: what is so, and what it means. */
export function breakWords({ kind, seq, count, at }: Break): { what: string; means: string } {
  const given = { seq, count: count ?? 0, at: at ?? '' };
  return { what: BREAKS[kind](given), means: MEANS[kind] };
}

type Given = { seq: number; count: number; at: string };
const BREAKS: Readonly<Record<Break['kind'], (given: Given) => string>> = {
  missing: (given) => t('breakMissing', given),
  changed: (given) => t('breakChanged', given),
  moved: (given) => t('breakMoved', given),
  'erased-without-record': (given) => t('breakErased', given),
  'end-missing': (given) => t('breakEnd', given),
  'not-chained': (given) => t('breakUnchained', given),
  beginning: (given) => t('breakBeginning', given),
  'head-differs': (given) => t('breakHead', given),
  'head-signature': (given) => t('breakSignature', given),
};
const MEANS: Readonly<Record<Break['kind'], string>> = t.group('breakMeans');
