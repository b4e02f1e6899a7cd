import type { ConfigAccess } from '@loopstart/contracts';
import type { ConfigStep, HttpStep, NotifyStep, ServeStep } from '@loopstart/drivers';
import type { Clock } from '../core/clock.ts';
import { ConfigLinkError } from '../transport/config-link-error.ts';
import { sendRequest } from '../transport/http/http-request.ts';
import type { FileServer } from '../transport/http-serve/file-server.ts';
import { sendSip } from '../transport/sip/sip-request.ts';
import { typeLines } from '../transport/ssh/ssh-shell.ts';
import type { KnownKeys } from './known-keys.ts';

/** The gateway that the steps are for. Its identity was proven just before. */
export interface StepTarget {
  gatewayId: string;
  ip: string;
  access: ConfigAccess | null;
}

export interface StepTools {
  clock: Clock;
  /** For the time limits of connections. */
  linkClock: Clock;
  keys: KnownKeys;
  files: FileServer;
}

const PORTS = { ssh: 22, http: 80, https: 443, sip: 5060 };

/** Carries out steps in order; returns what one of them captured, or null. Rejects with ConfigLinkError. */
export async function runSteps(
  steps: readonly ConfigStep[],
  target: StepTarget,
  tools: StepTools,
): Promise<string | null> {
  let captured: string | null = null;
  let sent = false;
  for (const step of steps) {
    try {
      captured = (await runStep(step, target, tools)) ?? captured;
      sent = true;
    } catch (error) {
      if (!(error instanceof ConfigLinkError)) throw error;
      throw new ConfigLinkError(error.message, error.reason, error.sent || sent);
    }
  }
  return captured;
}

function runStep(step: ConfigStep, target: StepTarget, tools: StepTools): Promise<string | null> {
  const { ip: host, gatewayId, access } = target;
  switch (step.transport) {
    case 'ssh':
      return typeLines(
        step,
        {
          host,
          port: portOf(access, 'ssh'),
          ...loginOf(access),
          acceptsHostKey: (sha256) => tools.keys.accepts(gatewayId, 'ssh', sha256),
        },
        tools.linkClock,
      );
    case 'http':
      return http(step, target, tools);
    case 'http-serve':
      return serve(step, target, tools);
    case 'sip-notify':
      return notify(step, target, tools);
  }
}

function http(
  step: HttpStep,
  { ip: host, gatewayId, access }: StepTarget,
  { keys }: StepTools,
): Promise<string | null> {
  const expected = access?.certificateSha256 ?? null;
  return sendRequest(step, {
    host,
    port: portOf(access, step.tls ? 'https' : 'http'),
    login: loginOf(access),
    acceptsCertificate: (sha256) => (expected === null ? keys.accepts(gatewayId, 'tls', sha256) : expected === sha256),
  });
}

async function serve(step: ServeStep, target: StepTarget, tools: StepTools): Promise<null> {
  const { files } = tools;
  const [server = ''] = step.from.split('/');
  if (files.port === null)
    throw new ConfigLinkError('The agent serves no files: agent.json has no "configServer".', 'no-access', false);
  if (!files.isHere(server))
    throw new ConfigLinkError(
      `The gateway fetches its configuration from ${server}, which is not this agent.`,
      'no-access',
      false,
    );
  const { path, type, text, userAgentHas } = step;
  const end = await files.offer(
    { ip: target.ip, path, type, text, userAgentHas },
    () => runStep(step.trigger, target, tools),
    step.fetchWithinMs,
  );
  if (end === 'whole') return null;
  // The offer is over: what was not fetched by now never is.
  if (end === 'never') throw new ConfigLinkError('The gateway did not fetch its configuration.', null, false);
  throw new ConfigLinkError('The gateway fetched its configuration in part.', null, true);
}

async function notify(
  { event }: NotifyStep,
  { ip: host, access }: StepTarget,
  { linkClock }: StepTools,
): Promise<null> {
  const login = access?.sip ?? null;
  const headers = [`Event: ${event}`, 'Subscription-State: terminated'];
  const answer = await sendSip({ method: 'NOTIFY', host, port: portOf(access, 'sip'), headers, login }, linkClock);
  if (answer === null) throw new ConfigLinkError('The gateway did not answer the SIP NOTIFY.', null, false);
  if (answer.status < 300) return null;
  const refusesLogin = answer.status === 401 || answer.status === 407 || answer.status === 403;
  throw new ConfigLinkError(
    `The gateway answered the SIP NOTIFY with ${answer.status}.`,
    refusesLogin ? 'login-refused' : null,
    false,
  );
}

function portOf(access: ConfigAccess | null, name: keyof typeof PORTS): number {
  return access?.ports?.[name] ?? PORTS[name];
}

function loginOf(access: ConfigAccess | null): { user: string; password: string } {
  const { user = null, password = null } = access ?? {};
  if (user === null || password === null)
    throw new ConfigLinkError('The change came without the login of the gateway.', 'no-access', false);
  return { user, password };
}
