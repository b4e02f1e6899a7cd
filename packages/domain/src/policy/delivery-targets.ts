import type { Target } from './policy.ts';
import { onCallAt } from './schedule.ts';
import { type ReachWorld, takesDigests } from './reach.ts';

/** Recipient of a message: a channel with its own recipients, or one person through it. */
export interface Recipient {
  channelId: string;
  /** An e-mail address; null: the channel's own recipients. */
  recipient: string | null;
}

export interface TellWorld extends ReachWorld {
  users: readonly { id: string; name: string; email: string }[];
}

/**
 * The recipients of these targets at this instant, each once. People are notified through the first e-mail channel that is
 * switched on. Targets that cannot be notified are left out.
 */
export function recipientsOf(targets: readonly Target[], world: TellWorld, now: number): Recipient[] {
  const found = new Map<string, Recipient>();
  const add = (channelId: string, recipient: string | null) =>
    found.set(`${channelId}/${recipient ?? ''}`, { channelId, recipient });
  const mail = world.channels.find(({ kind, enabled }) => kind === 'email' && enabled);
  const addPerson = (userId: string | null) => {
    const user = world.users.find(({ id }) => id === userId);
    if (user !== undefined && mail !== undefined) add(mail.id, user.email);
  };
  for (const target of targets) {
    if (target.type === 'all-channels') {
      for (const { id, kind, enabled } of world.channels) if (enabled && kind !== 'webhook') add(id, null);
    } else if (target.type === 'channel') {
      if (world.channels.some(({ id, enabled }) => id === target.channelId && enabled)) add(target.channelId, null);
    } else if (target.type === 'person') addPerson(target.userId);
    else {
      const schedule = world.schedules.find(({ id }) => id === target.scheduleId);
      if (schedule !== undefined) addPerson(onCallAt(schedule, now).userId);
    }
  }
  return [...found.values()];
}

/** Recipients of a digest: only channels that can show one. */
export function digestRecipientsOf(targets: readonly Target[], world: TellWorld, now: number): Recipient[] {
  return recipientsOf(targets, { ...world, channels: world.channels.filter(({ kind }) => takesDigests(kind)) }, now);
}
