import { CHANNEL_KINDS, endpoints } from '@loopstart/contracts';
import type { ApiCaller } from '../../scripts/stack/api-caller.ts';
import { type DialogCase, press } from './dialogs.ts';

const chosen =
  (label: string, value: string): DialogCase['open'] =>
  async (page) => {
    await page.getByRole('dialog').getByLabel(label).first().selectOption(value);
  };

const both =
  (...steps: DialogCase['open'][]): DialogCase['open'] =>
  async (page) => {
    for (const step of steps) await step(page);
  };

/** Submitted unchanged: missing values are shown at the fields. */
const refused =
  (button: string): DialogCase['open'] =>
  async (page) => {
    await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('dialog').locator('[aria-invalid=true]').first().waitFor();
  };

/** Paths are below `/alerting/`; `:webhook` and `:policy` stand for those of `plantSettings`. */
export const ALERTING_DIALOGS: readonly DialogCase[] = [
  ...CHANNEL_KINDS.map((kind) => ({
    what: `adding a channel, ${kind}`,
    path: 'channels',
    open: both(press('Add a channel'), chosen('Kind', kind)),
  })),
  {
    what: 'adding a channel, with what is missing',
    path: 'channels',
    open: both(press('Add a channel'), refused('Add channel')),
  },
  { what: 'changing a channel', path: 'channels/:webhook', open: press('Edit') },
  { what: 'a test message', path: 'channels/:webhook', open: press('Send a test') },
  { what: 'resending several', path: 'channels/:webhook', open: press('Resend several') },
  { what: 'a new signing key', path: 'channels/:webhook', open: press('Rotate') },
  { what: 'turning a channel off', path: 'channels/:webhook', open: press('Turn off') },
  { what: 'deleting a channel', path: 'channels/:webhook', open: press('Delete') },
  { what: 'deleting a policy', path: 'policies/:policy', open: press('Delete') },
  { what: 'adding a schedule', path: 'schedules', open: press('Add a schedule') },
  {
    what: 'adding a schedule, with what is missing',
    path: 'schedules',
    open: both(press('Add a schedule'), refused('Add schedule')),
  },
  { what: 'changing a schedule', path: 'schedules', open: press('Edit Looked-at duty') },
  { what: 'an override', path: 'schedules', open: press('Add override') },
  { what: 'deleting a schedule', path: 'schedules', open: press('Delete Looked-at duty') },
  { what: 'planning maintenance', path: 'maintenance', open: press('Plan maintenance') },
  {
    what: 'planning maintenance, with what is missing',
    path: 'maintenance',
    open: both(press('Plan maintenance'), refused('Plan it')),
  },
  {
    what: 'planning maintenance, searching for the site',
    path: 'maintenance',
    open: both(press('Plan maintenance'), async (page) => {
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Which/ })
        .click();
      await page.getByRole('dialog').getByRole('radio').first().waitFor();
    }),
  },
  { what: 'changing maintenance', path: 'maintenance', open: press('Change Looked-at window') },
  { what: 'cancelling maintenance', path: 'maintenance', open: press('Cancel Looked-at window') },
  { what: 'adding a silence', path: 'silences', open: press('Add a silence') },
  {
    what: 'adding a silence, with what is missing',
    path: 'silences',
    open: both(press('Add a silence'), refused('Add silence')),
  },
  { what: 'ending a silence', path: 'silences', open: press(/^End now/) },
  {
    what: 'setting a threshold',
    path: 'thresholds?q=receiver',
    open: both(
      async (page) =>
        page
          .getByRole('button', { name: /off the hook/i })
          .first()
          .click(),
      press('Set a threshold'),
    ),
  },
];

/** One of everything that the dialogs above are about. */
export async function plantSettings(
  { call, all }: ApiCaller,
  sinkUrl: string,
): Promise<{ webhook: string; policy: string }> {
  const webhook = await call(endpoints.createChannel, {
    body: { kind: 'webhook', name: 'Looked-at webhook', url: sinkUrl, filters: {}, signing: 'v1' },
  });
  await call(endpoints.testChannel, { params: { channelId: webhook.channel.id } });
  const mail = await call(endpoints.createChannel, {
    body: { kind: 'email', name: 'Looked-at mail', to: ['noc@example.net'] },
  });
  const policy = await call(endpoints.createPolicy, {
    body: {
      name: 'Looked-at policy',
      match: { severities: ['critical'] },
      steps: [{ waitMinutes: 0, targets: [{ type: 'channel', channelId: mail.channel.id }] }],
    },
  });
  const { id: userId } = await call(endpoints.getSession);
  await call(endpoints.createSchedule, {
    body: {
      name: 'Looked-at duty',
      timeZone: 'Europe/London',
      layers: [{ name: 'All day', userIds: [userId], startsOn: '2026-01-05', handOverAt: '09:00', turn: 'week' }],
    },
  });
  const site = (await all(endpoints.listSites))[0];
  if (site === undefined) throw new Error('there is no site');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await call(endpoints.createMaintenance, {
    body: {
      title: 'Looked-at window',
      reason: 'To look at it',
      scope: 'site',
      scopeId: site.id,
      timeZone: site.timeZone,
      startsOn: tomorrow,
      startsAt: '02:00',
      durationMinutes: 90,
      recurrence: { every: 'week', weekdays: [1, 2, 3, 4, 5] },
    },
  });
  await call(endpoints.createSilence, {
    body: {
      matcher: { siteId: site.id, severities: ['minor'] },
      reason: 'To look at it',
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
  return { webhook: webhook.channel.id, policy: policy.id };
}
