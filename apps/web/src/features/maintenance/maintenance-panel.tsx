import type { MaintenanceWindow } from '@loopstart/contracts';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { WindowNext } from './columns.tsx';
import { windowSentence } from './recurrence-words.ts';
import { ReasonFact } from './reason-fact.tsx';
import { WindowState } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';

/** A maintenance window beside the list, with its plan and all of its reason. */
export function MaintenancePanel({ window }: { window: MaintenanceWindow }) {
  const { state, scopeName, reason, createdBy, createdAt } = window;
  return (
    <div className="flex flex-col gap-4">
      <WindowState state={state} />
      <p>
        {windowSentence(window)} <WindowNext window={window} />
      </p>
      <Facts
        items={[
          [t('scope'), scopeName],
          [t('addedBy'), createdBy],
          [t('added'), <Moment key="added" at={createdAt} siteZone={null} />],
        ]}
      />
      <ReasonFact reason={reason} />
    </div>
  );
}
