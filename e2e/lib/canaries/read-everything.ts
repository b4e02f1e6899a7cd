import { endpoints } from '@loopstart/contracts';
import { canaries } from './search.ts';
import { pagePaths } from './sinks.ts';
import type { Visitor } from './visitor.ts';
import { allEndpoints } from './wrong-places.ts';

interface Readers {
  owner: Visitor;
  readOnly: Visitor;
  metricsToken: string;
  /** Somebody who opens pages of the console. */
  browser(): Visitor;
}

/** Whatever people, programs and files can show: every list, what is behind it, exports, metrics and pages. */
export async function readEverything(by: Readers): Promise<void> {
  const { owner, readOnly } = by;
  // Who may change channels sees where they lead, and that is on record; others see the host.
  const whole = ['/api/v1/channels'];
  for (const who of [owner, readOnly])
    for (const { method, path } of allEndpoints)
      if (method === 'GET' && !path.includes(':') && !(who === owner && whole.includes(path))) await who.ask(path);
  const { items: channels } = await owner.once(endpoints.listChannels);
  for (const { id } of channels) await readOnly.call(endpoints.getChannel, { params: { channelId: id } });
  const { items: deliveries } = await owner.call(endpoints.listDeliveries, { query: { limit: 200 } });
  for (const { id } of deliveries) await owner.call(endpoints.getDelivery, { params: { deliveryId: id } });
  const { items: agents } = await owner.call(endpoints.listAgents);
  for (const { id } of agents) await owner.call(endpoints.getAgentTargets, { params: { agentId: id } });
  const { items: entries } = await owner.call(endpoints.listAudit, { query: { limit: 200 } });
  for (const { id } of entries) await owner.call(endpoints.getAuditEntry, { params: { entryId: id } });
  const { items: members } = await owner.call(endpoints.listMembers);
  for (const { id } of members) await owner.call(endpoints.exportPersonalData, { params: { userId: id } });
  await owner.ask('/metrics', { headers: { authorization: `Bearer ${by.metricsToken}` } });
  for (const cookies of [owner.cookies, new Map<string, string>()]) {
    const browser = by.browser();
    browser.cookies = cookies;
    for (const path of pagePaths()) await browser.ask(path);
    // The answer repeats the address to who asked; nobody else may see it.
    await browser.ask(`/sign-in?token=${canaries.mint('in an address of the console')}`, {}, false);
  }
}
