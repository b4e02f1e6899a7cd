import type { Silence } from '@loopstart/contracts';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SilenceEnd, SilenceMatching } from './silence-columns.tsx';
import { silenceWords } from './silence-form.ts';
import { ReasonFact } from './reason-fact.tsx';
import { WindowState } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';

/** A silence beside the list, with all of its reason. */
export function SilencePanel({ silence }: { silence: Silence }) {
  const { matcher, scopeName, state, startsAt, reason, createdBy } = silence;
  return (
    <div className="flex flex-col gap-4">
      <WindowState state={state} />
      <p className="text-base wrap-anywhere">{silenceWords(matcher)}</p>
      <Facts
        items={[
          [t('scope'), scopeName],
          [t('begins'), <Moment key="starts" at={startsAt} siteZone={null} />],
          [t('until3'), <SilenceEnd key="until" silence={silence} />],
          [t('incidentsNow'), <SilenceMatching key="matching" silence={silence} />],
          [t('addedBy'), createdBy],
        ]}
      />
      <ReasonFact reason={reason} />
    </div>
  );
}
