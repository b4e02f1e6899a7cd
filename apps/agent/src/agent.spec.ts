import { readFile } from 'node:fs/promises';
import { AgentSettings } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { siteMaker, audiocodes, online, plainFault } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();

describe('agent settings from the cloud', () => {
  test('is in force at once, kept, and acknowledged by health', async () => {
    const site = await makeSite({
      gateways: [audiocodes('a', '127.0.47.1'), audiocodes('b', '127.0.47.2')],
      configured: ['a'],
    });
    const agent = await site.start();
    await until(() => site.cloud.reports().length > 0);
    const configure = (revision: number, names: string[]) => {
      const targets = names.map((name) => site.target(name));
      return site.cloud.send({ v: 1, kind: 'config', config: AgentSettings.parse({ revision, targets, trapPort: 0 }) });
    };
    await configure(2, ['b']);
    await until(() => site.cloud.bodies('inventory').some((body) => body.address === '127.0.47.2'));
    await until(() => site.cloud.bodies('health').at(-1)?.configRevision === 2);
    const { gateways } = (await agent.answer('gateways', null)) as { gateways: { address: string }[] };
    expect(gateways.map(({ address }) => address.split(':')[0])).toEqual(['127.0.47.2']);
    expect(JSON.parse(await readFile(site.folder.agentSettings, 'utf8'))).toMatchObject({ revision: 2 });
  });

  test('with invalid targets is accepted, and the errors are reported', async () => {
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.47.1')], configured: [] });
    await site.start();
    await online(site);
    const bad = { ...site.target('a'), address: '10.0.0.0/8' };
    const config = AgentSettings.parse({ revision: 3, targets: [bad, site.target('a')], trapPort: 0 });
    await site.cloud.send({ v: 1, kind: 'config', config });
    await until(() => site.cloud.reports().length > 0);
    await until(() => site.cloud.bodies('health').at(-1)?.configRevision === 3);
    const targets = site.cloud.bodies('health').at(-1)?.targets ?? [];
    expect(targets.find(({ address }) => address === '10.0.0.0/8')?.reason).toMatch(/too wide/);
  });
});

describe('the agent', () => {
  test('sends what it kept while the broker was away, in order and once', async () => {
    const { broker, cloud, sim, start } = await makeSite({ gateways: [audiocodes('a', '127.0.47.1')] });
    await start();
    await until(() => cloud.reports().length > 0);
    broker.cut();
    sim.gateway('a')?.living.setFault({ kind: 'hardware-failure', port: 3, ...plainFault });
    await until(() => cloud.reports().length > 1, 20_000);
    const seqs = cloud.stored.map((message) => message.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  test('renews its certificate and continues with the new one', async () => {
    const now = Date.now();
    const certificateLife = { fromMs: now - 3_000_000, untilMs: now + 600_000 };
    const site = await makeSite({ gateways: [audiocodes('a', '127.0.47.1')], certificateLife });
    await site.start();
    await until(() => site.cloud.bodies('renew').length > 0);
    const certificatePem = await site.ca.sign(site.cloud.bodies('renew')[0]?.csrPem ?? '', site.identity.agentId);
    let connections = 0;
    site.broker.broker.on('clientReady', () => {
      connections += 1;
    });
    await site.cloud.send({ v: 1, kind: 'certificate', certificatePem, caPem: site.ca.caPem });
    await until(() => connections === 1);
    await until(() => (site.cloud.bodies('health').at(-1)?.certificateExpiresAt ?? 0) > now + 86_400_000);
    expect(JSON.parse(await readFile(site.folder.identity, 'utf8'))).toMatchObject({ certificatePem });
  });

  test('stops in order: everything sent, presence offline', async () => {
    const { broker, cloud, start } = await makeSite({ gateways: [audiocodes('a', '127.0.47.1')] });
    const agent = await start();
    await until(() => cloud.reports().length > 0);
    await agent.stop();
    const presence = broker.published.filter(({ topic }) => topic.endsWith('/presence'));
    expect(presence.map(({ payload, retain }) => [JSON.parse(payload).online, retain])).toEqual([
      [true, true],
      [false, true],
    ]);
  });
});
