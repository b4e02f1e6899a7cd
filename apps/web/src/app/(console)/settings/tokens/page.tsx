import type { Metadata } from 'next';
import { TokensPage, tokensQuery } from '../../../../features/tokens/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/tokens.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return (
    <Prefetch also={[tokensQuery()]}>
      <TokensPage />
    </Prefetch>
  );
}
