'use client';

import { useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { useRefusal } from '../../session/index.ts';
import { accessQuery } from '../queries.ts';
import { AccessDialog } from './access-dialog.tsx';

/** Whether Loopstart can log in to a gateway to configure it. */
export function AccessSection({ gatewayId }: { gatewayId: string }) {
  const access = useQuery(accessQuery(gatewayId)).data;
  const refusal = useRefusal('configuration.secrets');
  const [editing, setEditing] = useState(false);
  if (access === undefined) return null;
  const set = (has: boolean) => (has ? t('setNotShown') : t('notSetHere'));
  return (
    <Section
      title={t('access')}
      actions={
        <Button size="sm" look="quiet" disabledReason={refusal} onClick={() => setEditing(true)}>
          {t('edit')}
        </Button>
      }
    >
      {access.isSet ? (
        <Facts
          items={[
            [t('user'), access.user ?? t('notSetHere')],
            [t('password'), set(access.hasPassword)],
            [t('enablePassword'), set(access.hasEnablePassword)],
            [t('sipLogin'), set(access.hasSipLogin)],
            [
              t('who'),
              access.setAt === null ? (
                t('notKnown')
              ) : (
                <span key="who">
                  {access.setBy} · <Moment at={access.setAt} siteZone={null} />
                </span>
              ),
            ],
          ]}
        />
      ) : (
        <p className="text-sm text-ink-2">{t('noAccess')}</p>
      )}
      {editing && <AccessDialog gatewayId={gatewayId} user={access.user ?? ''} onClose={() => setEditing(false)} />}
    </Section>
  );
}
