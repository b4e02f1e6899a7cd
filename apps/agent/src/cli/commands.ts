import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { SnmpClient, type SnmpTarget } from '@loopstart/snmp';
import { Agent } from '../agent.ts';
import { readMachineSettings, writeAgentSettings } from '../settings.ts';
import { askAgent } from '../control/control-client.ts';
import { ControlServer, isRunning, type ControlCommand } from '../control/control-server.ts';
import type { SnmpFaceStatus } from '../snmp-face/snmp-face.ts';
import { showSnmp } from './show-snmp.ts';
import { becomeOwnerOf } from '../core/drop-root.ts';
import { makeLogger } from '../core/logger.ts';
import { prepareStateFolder, stateFolder, type StateFolder } from '../core/state-folder.ts';
import { AGENT_VERSION } from '../core/version.ts';
import { apiOrigin, fingerprint } from '../enrol/api-origin.ts';
import { enrol } from '../enrol/enrol.ts';
import { readIdentity, writeIdentity, type Identity } from '../enrol/identity.ts';
import { postJson } from '../enrol/pinned-request.ts';
import { mqttTransport } from '../uplink/mqtt-transport.ts';
import { describeRecording, record } from './record.ts';
import { probe, probeAsJson, showProbe } from './probe.ts';
import { vendorAndModel } from './model-words.ts';
import { showGateways, showPorts, showStatus, type StatusAnswer } from './show.ts';
import type { GatewayDescription, PortDescription } from '../control/describe.ts';

/** An error that the user of the command line can correct; shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs the agent until it is stopped. */
export async function runCommand(stateRoot: string): Promise<void> {
  const folder = stateFolder(stateRoot);
  await prepareStateFolder(folder);
  const settings = await readMachineSettings(folder);
  const identity = await readIdentity(folder.identity);
  if (identity === null)
    throw new UsageError('this agent is not enrolled yet: run "enrol" with a token from the console');
  const log = makeLogger(settings.logLevel);
  let agent: Agent | null = null;
  const control = await ControlServer.listen(
    folder.controlSocket,
    (command, argument) => agent?.answer(command, argument) ?? Promise.resolve({ error: 'the agent is starting' }),
    log,
  );
  const transport = (current: () => Identity) =>
    mqttTransport(() => ({
      ...mqttAccess(current()),
      ...(settings.mqttUrl !== undefined && { url: settings.mqttUrl }),
    }));
  agent = await Agent.start({ folder, settings, identity, log, transport });
  await stopSignal();
  await agent.stop();
  await control.close();
}

/** Trades a token for an identity. Refuses where there is one already, unless `again`. */
export async function enrolCommand(
  stateRoot: string,
  flags: { api?: string; token?: string; caSha256?: string; again?: boolean },
): Promise<string> {
  const folder = stateFolder(stateRoot);
  // Only its own user can read the environment of a process, everybody on the machine its arguments.
  const token = flags.token ?? process.env['LOOPSTART_TOKEN'];
  if (token === undefined || token === '')
    throw new UsageError('a token from the console is needed: LOOPSTART_TOKEN in the environment, or --token <token>');
  becomeOwnerOf(folder.root);
  await prepareStateFolder(folder);
  const settings = await readMachineSettings(folder);
  const apiUrl = flags.api ?? settings.apiUrl;
  if (apiUrl === undefined) throw new UsageError('the address of the API is needed: --api <url>');
  const caSha256 = flags.caSha256 === undefined ? null : fingerprint(flags.caSha256);
  if (flags.caSha256 !== undefined && caSha256 === null) {
    throw new UsageError('--ca-sha256 takes 64 hexadecimal digits');
  }
  const origin = apiOrigin(apiUrl, caSha256);
  if ('refused' in origin) throw new UsageError(origin.refused);
  const present = await readIdentity(folder.identity);
  if (present !== null && flags.again !== true) {
    throw new UsageError(`this agent is enrolled already as ${present.agentId}; add --again to enrol it anew`);
  }
  if (present !== null && (await isRunning(folder.controlSocket))) {
    throw new UsageError('the agent is running with its present identity: stop it first');
  }
  const { identity, config } = await enrol({
    apiUrl: origin.origin,
    token,
    caSha256,
    hostname: settings.hostname ?? hostname(),
    version: AGENT_VERSION,
    post: (url, body) => postJson(url, body, caSha256),
  });
  if (present !== null && present.siteId !== identity.siteId) await forgetSite(folder);
  // The config first: an identity without it would start with nothing to do.
  await writeAgentSettings(folder, config);
  await writeIdentity(folder.identity, identity);
  return `Enrolled as agent ${identity.agentId} of site ${identity.siteId}.`;
}

/** Data of another site means nothing here, and must not be reported as if it were of this one. */
async function forgetSite(folder: StateFolder): Promise<void> {
  for (const path of [folder.outbox, folder.gateways, folder.actions]) await rm(path, { recursive: true, force: true });
  await prepareStateFolder(folder);
}

/** Queries the running agent, and shows the answer. */
export async function askCommand(
  stateRoot: string,
  command: ControlCommand,
  argument: string | null,
  json: boolean,
): Promise<string> {
  const answer = await askAgent(stateFolder(stateRoot).controlSocket, command, argument);
  const { error } = answer as { error?: string };
  if (error !== undefined) throw new UsageError(error);
  if (json) return JSON.stringify(answer, null, 2);
  const nowMs = Date.now();
  if (command === 'status') return showStatus(answer as StatusAnswer, nowMs);
  if (command === 'snmp') return showSnmp(answer as SnmpFaceStatus, nowMs);
  const { gateways } = answer as { gateways: (GatewayDescription & { ports: PortDescription[] })[] };
  if (command === 'gateways') return showGateways(gateways, nowMs);
  return gateways.map((gateway) => `${titleOf(gateway)}\n${showPorts(gateway.ports)}`).join('\n\n');
}

/** Recognises and reads a gateway once, without an agent. */
export async function probeCommand(target: SnmpTarget, json: boolean): Promise<string> {
  return withClient(async (client) => {
    const result = await probe(client, target);
    return json ? JSON.stringify(probeAsJson(result), null, 2) : showProbe(result);
  });
}

/** Walks a gateway into a file that may be given away. */
export async function recordCommand(target: SnmpTarget, secrets: string[], output: string): Promise<string> {
  return withClient(async (client) => {
    const recording = await record(client, target, secrets);
    await writeFile(output, recording.text, { mode: 0o600 });
    return describeRecording(recording, output);
  });
}

async function withClient<T>(work: (client: SnmpClient) => Promise<T>): Promise<T> {
  const client = new SnmpClient();
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function mqttAccess({ mqttUrl: url, agentId, keyPem, certificatePem, caPem }: Identity) {
  return { url, agentId, keyPem, certificatePem, caPem };
}

function titleOf(gateway: GatewayDescription): string {
  return `${gateway.address}  ${vendorAndModel(gateway)}`;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
