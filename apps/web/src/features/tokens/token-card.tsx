'use client';

import type { Token } from '@loopstart/contracts';
import { useState } from 'react';
import { t } from '../../messages/tokens.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Ago, Moment } from '../../ui/moment.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useRefusal } from '../session/index.ts';
import { EndDialog } from './end-dialogs.tsx';
import { RightsFact } from './rights-fact.tsx';

const TONES = { active: 'accent', expired: 'unknown', revoked: 'unknown', unowned: 'minor' } as const;
const KINDS: Readonly<Record<Token['kind'], string>> = t.group('kind');
const STATES: Readonly<Record<Token['state'], string>> = t.group('state');

/** One token: what it may do and where, and when it was used. */
export function TokenCard({ token }: { token: Token }) {
  const refusal = useRefusal('tokens.write');
  const [asking, setAsking] = useState<'revoke' | 'take-over' | null>(null);
  return (
    <li className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 pt-3">
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
            <span className="wrap-anywhere">{token.name}</span>
            <Tag>{KINDS[token.kind]}</Tag>
            <Tag tone={TONES[token.state]}>{STATES[token.state]}</Tag>
          </h3>
          {token.state === 'unowned' && <p className="mt-1 text-sm text-ink-2">{t('unowned')}</p>}
        </div>
        {token.revokedAt === null && (
          <div className="flex gap-2">
            {token.state === 'unowned' && (
              <Button size="sm" disabledReason={refusal} onClick={() => setAsking('take-over')}>
                {t('takeOver')}
              </Button>
            )}
            <Button size="sm" disabledReason={refusal} onClick={() => setAsking('revoke')}>
              {t('revoke')}
            </Button>
          </div>
        )}
      </div>
      <div className="px-4 pt-3 pb-4">
        <Facts columns={3} items={factsOf(token)} />
      </div>
      {asking !== null && <EndDialog token={token} act={asking} close={() => setAsking(null)} />}
    </li>
  );
}

function factsOf(token: Token) {
  const { limitedTo, lastUsedAt, lastUsedAddress, revokedAt, expiresAt } = token;
  const lastUse =
    lastUsedAt === null
      ? t('never')
      : t.rich('usedFrom', { moment: <Ago at={lastUsedAt} siteZone={null} />, address: lastUsedAddress ?? '' });
  return [
    [t('rights'), <RightsFact key="rights" token={token} />],
    [t('where'), limitedTo === null ? t('everywhere') : placeWords(limitedTo)],
    [t('addresses'), token.addresses.length === 0 ? t('anyAddress') : token.addresses.join(', ')],
    [t('lastUse'), lastUse],
    revokedAt === null
      ? [t('expires'), expiresAt === null ? t('noEnd') : <Moment key="end" at={expiresAt} siteZone={null} />]
      : [
          t('revokedAt'),
          t.rich('revokedBy', { moment: <Moment at={revokedAt} siteZone={null} />, name: token.revokedBy ?? '' }),
        ],
    [t('owner'), token.owner.name],
    token.kind === 'oauth-client'
      ? [
          t('clientId'),
          <code key="id" className="font-mono text-sm">
            {token.id}
          </code>,
        ]
      : [
          t('hint'),
          <code key="hint" className="font-mono text-sm">
            {token.hint}…
          </code>,
        ],
  ] as const satisfies readonly (readonly [string, React.ReactNode])[];
}

function placeWords({ customerIds, siteIds, tags }: NonNullable<Token['limitedTo']>): string {
  const [customers, sites] = [customerIds.length, siteIds.length];
  const words = t('places', { customers, sites, both: customers > 0 && sites > 0 ? 'yes' : 'no' });
  return [words, tags.length === 0 ? '' : t('tags', { tags: tags.join(', ') })]
    .filter((text) => text !== '')
    .join('. ');
}
