import type { Channel } from '@loopstart/contracts';
import { Ago, Moment } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { standingOf } from './channel-words.ts';
import { t } from '../../messages/channels.ts';

/** Whether a channel works, as a shape and words, and since or until when not. */
export function ChannelState({ channel }: { channel: Channel }) {
  const { severity, word, why } = standingOf(channel);
  return (
    <div>
      <SeverityLabel severity={severity}>{word}</SeverityLabel>
      {why !== null && why !== 'disabled' && (
        <p className="text-xs text-ink-2">
          {channel.failingSince !== null && (
            <>{t.rich('since', { moment: <Moment at={channel.failingSince} siteZone={null} /> })}</>
          )}
          {channel.retryAt !== null && (
            <>
              {channel.failingSince !== null && ', '}
              {t.rich('nextAttempt', { moment: <Moment at={channel.retryAt} siteZone={null} /> })}
            </>
          )}
        </p>
      )}
      {why === 'disabled' && channel.disabledReason !== null && (
        <p className="text-xs text-ink-2">{channel.disabledReason}</p>
      )}
    </div>
  );
}

/** When it last delivered something. */
export function LastDelivered({ channel }: { channel: Channel }) {
  if (channel.lastDeliveredAt === null) return <span className="text-ink-3">{t('nothingYet')}</span>;
  return <Ago at={channel.lastDeliveredAt} siteZone={null} />;
}
