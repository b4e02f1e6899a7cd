import { createSocket } from 'node:dgram';
import type { Report } from '@loopstart/contracts';
import { fromCode, PORT_STATE_FIELDS } from '@loopstart/domain';
import { afterEach } from 'vitest';
import { makeTestSite, type TestSite, type TestSiteOptions } from './test-site.ts';
import { until } from './until.ts';

/** Creates test sites for one file of tests; each site is closed when its test has ended. */
export function siteMaker(): (options: TestSiteOptions) => Promise<TestSite> {
  const sites: TestSite[] = [];
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.close();
  });
  return async (options) => {
    const made = await makeTestSite(options);
    sites.push(made);
    return made;
  };
}

/** A simulated MP-118 whose eight lines are quiet: they have no traffic. */
export const audiocodes = (name: string, address: string, serial = address) =>
  ({
    name,
    driver: 'audiocodes',
    address,
    serial: serial.replaceAll('.', ''),
    access: { version: 'v2c', community: 'public', writeCommunity: 'private' },
    ports: Array.from({ length: 8 }, () => ({ device: 'unused' as const })),
  }) as const;

/** What a fault of the simulator has besides its kind and place. */
export const plainFault = { delayMs: 3_000, corruption: 'mixed' } as const;

/** The agent is connected and subscribed. */
export const online = (site: TestSite) =>
  until(() => site.broker.published.some(({ topic }) => topic.endsWith('/presence')));

/** The fault of a port in a report, by its printed number. */
export const faultAt = (report: Report | undefined, port: number) =>
  fromCode<string>(PORT_STATE_FIELDS.fault, report?.state?.fault?.[port - 1]);

/** A UDP port that is free now. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}
