import { uuid } from '../uuid.ts';
import { connect, type Connection, type LiveStatus, type Source } from './connection.ts';
import { type Candidacy, standForLead } from './lead.ts';
import { ASK_MS, type Effect, type Input, type Message, newTab, step } from './share.ts';

export interface SharedConnection {
  /** Whether this tab needs the stream now: somebody looks at it, or it has to notify. */
  want: (wanted: boolean) => void;
  /** Leaves the other tabs for good. */
  close: () => void;
}

/**
 * One stream for all tabs of a browser that share a `name`: one of them has it and tells the others. A name is of one
 * person of one operator, so that nobody hears what is another's.
 */
export function shareConnection(options: {
  name: string;
  wanted: boolean;
  open: () => Source;
  onMessage: (data: string) => void;
  onStatus: (status: LiveStatus) => void;
  onMissed: () => void;
  /** The API refused the stream: is it because the session is no longer this person's? */
  isOver: () => Promise<boolean>;
  onOver: () => void;
}): SharedConnection {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(options.name) : null;
  let tab = newTab(options.wanted, Date.now());
  let connection: Connection | undefined;
  let candidacy: Candidacy | undefined;

  const take = (input: Input) => {
    const before = tab.status;
    const next = step(tab, input, Date.now());
    tab = next.tab;
    if (tab.status !== before) options.onStatus(tab.status);
    next.effects.forEach(act);
  };
  const act = (effect: Effect) => {
    switch (effect.kind) {
      case 'open':
        connection = openOwn();
        return;
      case 'close':
        connection?.close();
        connection = undefined;
        return;
      case 'post':
        channel?.postMessage(effect.message);
        return;
      case 'deliver':
        options.onMessage(effect.data);
        return;
      case 'missed':
        options.onMissed();
        return;
      case 'take-over':
        candidacy?.takeOver();
        return;
      case 'over':
        options.onOver();
    }
  };
  const openOwn = () =>
    connect({
      open: options.open,
      onMessage: (data) => take({ kind: 'event', data }),
      onStatus: (status) => take({ kind: 'stream', status, run: uuid() }),
      onRefused: () =>
        void options.isOver().then((over) => {
          if (over && tab.open) take({ kind: 'refused' });
        }),
    });

  const join = () => {
    candidacy ??= standForLead(options.name, {
      granted: () => take({ kind: 'granted' }),
      lost: () => take({ kind: 'lost' }),
    });
  };
  const leave = () => {
    candidacy?.resign();
    candidacy = undefined;
    take({ kind: 'lost' });
  };

  if (channel !== null)
    channel.onmessage = (event: MessageEvent<Message>) => take({ kind: 'heard', message: event.data });
  const asking = setInterval(() => take({ kind: 'tick' }), ASK_MS);
  // A tab that is put to sleep, or kept for the way back, leads nobody.
  document.addEventListener('freeze', leave);
  document.addEventListener('resume', join);
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', join);
  join();
  // Where another tab leads already, how it is need not wait for the next question.
  take({ kind: 'wanted', wanted: options.wanted });
  return {
    want: (wanted) => take({ kind: 'wanted', wanted }),
    close: () => {
      clearInterval(asking);
      document.removeEventListener('freeze', leave);
      document.removeEventListener('resume', join);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', join);
      leave();
      channel?.close();
    },
  };
}
