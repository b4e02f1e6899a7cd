import type { Metadata } from 'next';
import { ComparePage } from '../../../../features/configuration/index.ts';
import { t } from '../../../../messages/config-compare.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return <ComparePage />;
}
