'use client';

import { CircleCheck, CircleQuestionMark, Server } from 'lucide-react';
import { counted } from '../../../lib/format/number.ts';
import { watchedWords } from '../../../lib/words/incident.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Ago } from '../../../ui/moment.tsx';
import { Empty, NoMatch } from '../../../ui/state-panel.tsx';
import { useHeldTotal, useIncidentCounts } from '../../alerts/index.ts';

/** An inbox with nothing in it: because nothing is wrong, because nothing matches, or because nobody looks. */
export function InboxEmpty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const counts = useIncidentCounts();
  const held = useHeldTotal() ?? 0;
  if (filtered) {
    return (
      <NoMatch title="No incident matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
        Nothing is like that now. What is over is found with the state “all”.
      </NoMatch>
    );
  }
  if (counts === undefined) return <Empty icon={<CircleCheck />} title="No incident is open" />;
  if (counts.monitoring !== 'working') {
    return (
      <Empty icon={<CircleQuestionMark />} title="No incident is known">
        That does not mean that nothing is wrong: monitoring does not run as it should.
      </Empty>
    );
  }
  if (counts.watched.gateways === 0) {
    return (
      <Empty
        icon={<Server />}
        title="Nothing is watched yet"
        action={
          <ButtonLink href="/agents/add" look="primary">
            Add an agent
          </ButtonLink>
        }
      >
        Once an agent has found the gateways of a site, what goes wrong with them appears here.
      </Empty>
    );
  }
  return (
    <Empty
      icon={<CircleCheck className="text-ok" />}
      title={held === 0 ? 'Nothing is wrong' : 'Nothing wants attention'}
    >
      {watchedWords(counts.watched)} are watched
      {counts.judgedAt !== null && (
        <>
          , last judged <Ago at={counts.judgedAt} siteZone={null} />
        </>
      )}
      .{held > 0 && ` ${counted(held, 'alert')} ${held === 1 ? 'is' : 'are'} held back.`}
    </Empty>
  );
}
