import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Agent, type Customer, type GatewaySummary, endpoints, type Site } from '@loopstart/contracts';
import { demoFleet, type SimFleetSpec } from '@loopstart/sim';
import { inRoot, run } from '../lib/process.ts';
import { type ApiCaller, signedIn } from './api-caller.ts';
import type { Options } from './options.ts';
import { serveLinks, SiteLink } from './site-links.ts';
import { Service, waitFor } from './supervise.ts';

type SimCustomer = SimFleetSpec['customers'][number];
type SimSite = SimCustomer['sites'][number];
type SimGateway = SimSite['gateways'][number];

export interface Demo {
  /** For example "7 sites, 17 gateways, 284 lines". */
  summary: string;
  stop(): Promise<void>;
}

interface Context {
  options: Options;
  logDir: string;
  apiUrl: string;
  email: string;
  password: string;
  say: (text: string) => void;
  onGiveUp: (sentence: string) => void;
}

const SEED = 1;
const DISCOVERY_MS = 90_000;

/** Starts the simulated gateways and a real agent on each site, and creates customers, sites and lines by the API. */
export async function startDemo(context: Context): Promise<Demo> {
  const { options, logDir, say, onGiveUp } = context;
  const folder = join(options.dataDir, 'demo');
  mkdirSync(folder, { recursive: true });
  const fleet = demoFleet(SEED, {
    pace: options.demoSpeed,
    snmpPort: options.demoSnmpPort,
    notifyPort: options.demoNotifyPort,
    syslogPort: options.demoSyslogPort,
    configPort: options.demoConfigPort,
    faces: options.demoFaces,
  });
  const fleetFile = join(folder, 'fleet.json');
  writeFileSync(fleetFile, JSON.stringify(fleet, null, 2));

  const sites = fleet.customers.flatMap((customer) => customer.sites);
  const gateways = sites.flatMap((site) => site.gateways);
  const summary = `${sites.length} sites, ${gateways.length} gateways, ${gateways.reduce((sum, gateway) => sum + gateway.ports.length, 0)} lines`;
  say(`Starting the demo fleet: ${summary} …`);

  const services: Service[] = [];
  const broker = brokerOf(options);
  const links = sites.map((site) => new SiteLink(site.name, broker));
  const orders = await serveLinks(links);
  const stop = async () => {
    await Promise.all(services.slice(1).map((service) => service.stop()));
    await services[0]?.stop();
    await Promise.all([orders.stop(), ...links.map((link) => link.stop())]);
  };
  const start = (name: string, args: string[]): void => {
    const watching = options.watch ? ['--watch', '--watch-preserve-output'] : [];
    const service = new Service({ name, command: process.execPath, args: [...watching, ...args] }, logDir, onGiveUp);
    services.push(service);
    service.cameUp();
    service.start();
  };
  start('simulator', [
    inRoot('packages/sim/dist/cli.js'),
    'fleet',
    fleetFile,
    '--control-port',
    String(options.demoControlPort),
  ]);
  writeFileSync(join(folder, 'control-url'), `http://127.0.0.1:${options.demoControlPort}`);
  writeFileSync(join(folder, 'links-url'), orders.url);

  try {
    const api = await signedIn(context.apiUrl, context.email, context.password);
    const customers = await api.all(endpoints.listCustomers);
    const known = await api.all(endpoints.listSites);
    let number = 0;
    for (const customer of fleet.customers) {
      const customerId = await ensureCustomer(api, customers, customer);
      for (const site of customer.sites) {
        number += 1;
        const siteId = await ensureSite(api, known, customerId, site);
        const stateDir = join(folder, 'agents', `site-${number}`);
        const agentId = await ensureAgent(api, context.apiUrl, siteId, stateDir);
        await ensureTargets(api, agentId, site);
        // Through a link of its own, so that the site can be cut off.
        const mqttUrl = `mqtts://localhost:${await links[number - 1]!.listen()}`;
        // All agents of the demo are on one machine: each has ports of its own.
        const overrides = { syslogPort: site.gateways[0]?.syslog?.port ?? null };
        const configServer = { address: '127.0.0.1', port: options.demoConfigPort + number - 1 };
        const settings = { mqttUrl, hostname: hostnameOf(site.name), overrides, configServer };
        writeFileSync(join(stateDir, 'agent.json'), JSON.stringify(settings), { mode: 0o600 });
        start(`agent-${number}`, [inRoot('apps/agent/dist/main.js'), 'run', '--state-dir', stateDir]);
      }
    }
    await nameLines(api, gateways, say);
    await setLogins(api, gateways);
  } catch (error) {
    await stop();
    throw error;
  }
  return { summary, stop };
}

/** On a real site every agent is a machine of its own, with a name of its own. */
function hostnameOf(site: string): string {
  const words = site
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['site'];
  return `${words.join('-')}-agent`;
}

/** Where the broker of this installation listens, seen from here. */
function brokerOf({ mqttUrl, mqttPort }: Options): { host: string; port: number } {
  if (mqttUrl === undefined) return { host: '127.0.0.1', port: mqttPort };
  const url = new URL(mqttUrl);
  return { host: url.hostname, port: Number(url.port || 8883) };
}

async function ensureCustomer(api: ApiCaller, customers: Customer[], { name }: SimCustomer): Promise<string> {
  return (
    customers.find((customer) => customer.name === name)?.id ??
    (await api.call(endpoints.createCustomer, { body: { name } })).id
  );
}

async function ensureSite(api: ApiCaller, sites: Site[], customerId: string, site: SimSite): Promise<string> {
  const there = sites.find((known) => known.customer.id === customerId && known.name === site.name);
  if (there !== undefined) return there.id;
  const { name, timeZone, addressLines, latitude = null, longitude = null, emergencyLocation = '' } = site;
  const body = { customerId, name, timeZone, address: addressLines.join(', '), latitude, longitude, emergencyLocation };
  return (await api.call(endpoints.createSite, { body })).id;
}

/** The site's agent; a new one is enrolled as a technician would do it. */
async function ensureAgent(api: ApiCaller, apiUrl: string, siteId: string, stateDir: string): Promise<string> {
  const find = async (): Promise<Agent | undefined> =>
    (await api.all(endpoints.listAgents, { siteId })).find((agent) => agent.state !== 'revoked');
  const there = existsSync(stateDir) ? await find() : undefined;
  if (there !== undefined) return there.id;
  const { token } = await api.call(endpoints.createEnrolmentToken, { params: { siteId } });
  await run(
    process.execPath,
    [inRoot('apps/agent/dist/main.js'), 'enrol', '--api', apiUrl, '--token', token, '--state-dir', stateDir],
    { quiet: true },
  );
  const enrolled = await find();
  if (enrolled === undefined) throw new Error('An agent of the demo enrolled but the API does not list it.');
  return enrolled.id;
}

async function ensureTargets(api: ApiCaller, agentId: string, site: SimSite): Promise<void> {
  const params = { agentId };
  if ((await api.call(endpoints.getAgentTargets, { params })).targets.length > 0) return;
  const targets = site.gateways.map(({ name, address, port, access }) => ({
    id: name,
    address,
    port,
    access,
    pollIntervalMs: null,
  }));
  const trapPort = site.gateways[0]?.notify?.port;
  await api.call(endpoints.putAgentTargets, {
    params,
    body: { targets, ...(trapPort === undefined ? {} : { trapPort }) },
  });
}

/** Waits until the agents have found the gateways, and gives those and their lines their names. */
async function nameLines(api: ApiCaller, gateways: SimGateway[], say: (text: string) => void): Promise<void> {
  let found: GatewaySummary[] = [];
  const byAddress = (gateway: SimGateway) => found.find((one) => one.address.split(':')[0] === gateway.address);
  let reported = -1;
  await waitFor(
    async () => {
      found = await api.all(endpoints.listGateways);
      if (found.length !== reported) say(`  ${(reported = found.length)} of ${gateways.length} gateways found`);
      return gateways.every((gateway) => byAddress(gateway) !== undefined);
    },
    DISCOVERY_MS,
    () => 'late',
  ).catch(() => say('  Some gateways of the demo have not been found yet; they are named at the next start.'));
  for (const gateway of gateways) {
    const there = byAddress(gateway);
    if (there === undefined) continue;
    const params = { gatewayId: there.id };
    const { portList } = await api.call(endpoints.getGateway, { params });
    // A name that a person gave in the console is not changed.
    if (portList.some((port) => port.lineDeviceClass !== 'unknown')) continue;
    for (const { position } of portList) {
      const { label, number, device = 'unused' } = gateway.ports[position - 1] ?? {};
      const body = {
        lineDeviceClass: device,
        ...(label === undefined ? {} : { label }),
        ...(number === undefined ? {} : { number }),
      };
      await api.call(endpoints.updatePort, { params: { ...params, position }, body });
    }
    await api.call(endpoints.updateGateway, { params, body: { name: gateway.name } });
  }
}

/** Gives Loopstart the logins of the gateways that can be configured, as a technician would do it. */
async function setLogins(api: ApiCaller, gateways: SimGateway[]): Promise<void> {
  const found = await api.all(endpoints.listGateways);
  for (const { address, provisioning } of gateways) {
    const there = found.find((one) => one.address.split(':')[0] === address);
    if (provisioning === undefined || there === undefined) continue;
    const params = { gatewayId: there.id };
    if ((await api.call(endpoints.getConfigAccess, { params })).isSet) continue;
    const { username: user, password, sshPort: ssh, httpPort: http, sipPort: sip } = provisioning;
    const access = { user, password, sip: { user, password }, ports: { ssh, http, sip } };
    await api.call(endpoints.setConfigAccess, { params, body: { access } });
  }
}
