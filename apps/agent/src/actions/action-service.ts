import type { ActionProgress, PortInfo } from '@loopstart/contracts';
import { permission, PORT_ACTIONS, refusalSentence, type RefusalCode } from '@loopstart/domain';
import { planAction } from '@loopstart/drivers';
import { SnmpError } from '@loopstart/snmp';
import type { Logger } from 'pino';
import { sleep, type Clock } from '../core/clock.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { GatewaySession } from '../session/gateway-session.ts';
import { StepFailedError } from '../transport/device-transport.ts';
import { unreadable } from '../transport/unreadable.ts';
import type { ActionLedger } from './action-ledger.ts';
import { actionSubject, type ActionRequest } from './action-subject.ts';
import { carryOut } from './carry-out.ts';
import { observe } from './observe.ts';

export interface ActionServiceOptions {
  ledger: ActionLedger;
  fleet: Pick<Fleet, 'find'>;
  clock: Clock;
  log: Logger;
  /** Puts progress into the outbox. */
  report: (progress: ActionProgress) => void;
}

/** How long a gateway may take to come back, and how often it is checked. */
const RESTART_MS_MAX = 300_000;
const RESTART_LOOK_MS = 5_000;
const RESTART_TOLERANCE_S = 10;

/** How an action ended. */
type Outcome = Pick<ActionProgress, 'state' | 'reason' | 'reasonCode' | 'result'>;

const refused = (reason: string, reasonCode: RefusalCode | null = null): Outcome => ({
  state: 'refused',
  reason,
  reasonCode,
  result: {},
});
const failure = (reason: string): Outcome => ({ state: 'failed', reason: reason.slice(0, 500), result: {} });
const success = (result: Outcome['result'] = {}): Outcome => ({ state: 'succeeded', reason: null, result });

const RENUMBERED = 'Another port has this number since the gateway renumbered its ports; look again, then ask again.';

/** Whether the port number of an action belongs to another port than the one that was meant. */
function isAnotherPort({ position, portKey }: ActionRequest, ports: readonly PortInfo[]): boolean {
  const port = ports.find((one) => one.position === position);
  return typeof portKey === 'string' && typeof port?.portKey === 'string' && portKey !== port.portKey;
}

/**
 * Carries out the actions that the cloud requests: each once, before it expires, and only where it disturbs no call.
 */
export class ActionService {
  readonly #options: ActionServiceOptions;
  readonly #stop = new AbortController();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: ActionServiceOptions) {
    this.#options = options;
  }

  /**
   * Reports actions that a stop of the agent interrupted. They are not started again: they may have been carried out.
   */
  async start(): Promise<void> {
    for (const { actionId } of this.#options.ledger.unfinished()) {
      await this.#end(
        actionId,
        failure('The agent was stopped while it was being done; whether it was done is not known.'),
      );
    }
  }

  /**
   * Takes a request; resolves when the broker may forget it, not when it is done. A known request is answered with its
   * recorded state, and nothing else is done.
   */
  async accept(request: ActionRequest): Promise<void> {
    const { ledger, clock, report } = this.#options;
    const { actionId } = request;
    const recorded = ledger.get(actionId);
    if (recorded !== null) return report(recorded);
    if (this.#underWay.has(actionId)) return;
    const begun: ActionProgress = { actionId, at: clock.now(), state: 'running', reason: null, result: {} };
    if (clock.now() >= request.expiresAt) {
      const reason = 'It arrived after the time by which it was wanted.';
      return this.#end(actionId, { state: 'expired', reason, result: {} });
    }
    const session = this.#options.fleet.find(request.gatewayId);
    if (session === null) return this.#end(actionId, refused('This agent does not know the gateway.'));
    try {
      await ledger.set(begun);
    } catch (error) {
      // Without a record it could be carried out twice, so it is not carried out at all.
      this.#options.log.error({ error }, 'failed to record an action');
      return this.#end(
        actionId,
        refused('The agent cannot write to its disk, so it does nothing it could not remember.'),
      );
    }
    const work = this.#carryOut(request, session, begun).finally(() => this.#underWay.delete(actionId));
    this.#underWay.set(actionId, work);
  }

  /** Ends actions in progress at their next step. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#underWay.values());
  }

  async #carryOut(request: ActionRequest, session: GatewaySession, begun: ActionProgress): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await session.exclusively(() => this.#attempt(request, session, begun));
      if (request.type === 'reboot' && outcome.state === 'succeeded') outcome = await this.#watchRestart(session);
    } catch (error) {
      this.#options.log.error({ error, actionId: request.actionId }, 'an action failed unexpectedly');
      outcome = failure('Something went wrong inside the agent.');
    }
    await this.#end(request.actionId, outcome);
    if (request.type === 'line-test' && request.position !== null) session.keepTested(request.position, outcome.result);
    // A change by the action is read at once, not at the next regular poll.
    session.pollSoon();
  }

  /** A reboot has succeeded when the gateway answers and its uptime has restarted. */
  async #watchRestart(session: GatewaySession): Promise<Outcome> {
    const { clock } = this.#options;
    const askedAt = clock.now();
    const deadline = clock.monotonicMs() + RESTART_MS_MAX;
    while (clock.monotonicMs() < deadline && !this.#stop.signal.aborted) {
      await sleep(clock, RESTART_LOOK_MS, this.#stop.signal);
      const uptimeS = session.known?.reading?.gatewayMeasures.uptimeS ?? null;
      const readAt = session.known?.readAt ?? 0;
      if (readAt > askedAt && uptimeS !== null && uptimeS <= (readAt - askedAt) / 1000 + RESTART_TOLERANCE_S) {
        return success({ uptimeS });
      }
      session.pollSoon();
    }
    return failure(
      `The gateway took the order, but was not seen to start again within ${RESTART_MS_MAX / 60_000} minutes.`,
    );
  }

  async #attempt(request: ActionRequest, session: GatewaySession, begun: ActionProgress): Promise<Outcome> {
    const { clock, report } = this.#options;
    try {
      if (request.type === 'poll-now') session.forceFull();
      const askedAt = clock.now();
      const known = await observe(session, request.type, clock, this.#stop.signal);
      if (known === null) return refused('The gateway is read under another address; try again in a moment.');
      // Reading took time; the state is fresh, the request may have expired.
      if (clock.now() >= request.expiresAt) {
        return { state: 'expired', reason: 'The gateway took longer to answer than it was wanted for.', result: {} };
      }
      const { driver, inventory } = known;
      if (isAnotherPort(request, inventory.ports)) return refused(RENUMBERED);
      const { type, position, lifeSafetyConfirmed } = request;
      const overridden = (request.overrideReason ?? null) !== null;
      const { refusal } = permission(
        // The cloud checks the rights of the role; it sends only permitted requests.
        { type, position, mayAct: true, lifeSafetyConfirmed, overridden },
        actionSubject(request, known, clock.now()),
      );
      // The driver has the reason why a model cannot do something.
      if (refusal !== null && refusal.code !== 'unsupported') {
        return refused(refusalSentence(type, refusal), refusal.code);
      }
      const port = PORT_ACTIONS.has(request.type)
        ? (inventory.ports.find((candidate) => candidate.position === request.position) ?? null)
        : null;
      const plan = planAction(driver, request.type, port, inventory.gateway);
      if ('unsupported' in plan) {
        if (type !== 'poll-now') return refused(plan.unsupported, 'unsupported');
        const isRead = known.readAt !== null && known.readAt >= askedAt;
        return isRead ? success() : failure('The gateway was not read.');
      }
      if (refusal !== null) return refused(refusalSentence(type, refusal), refusal.code);
      report({ ...begun, at: clock.now() });
      // A gateway that restarts at once does not answer the request to do so.
      const steps = carryOut(plan.steps, { links: session.links, clock, signal: this.#stop.signal }).catch(
        (error: unknown) => {
          if (request.type === 'reboot' && error instanceof SnmpError && error.code === 'timeout') return {};
          throw error;
        },
      );
      return success(await steps);
    } catch (error) {
      return failure(error instanceof StepFailedError ? error.message : unreadable(error).text);
    }
  }

  async #end(actionId: string, outcome: Outcome): Promise<void> {
    const { ledger, clock, report, log } = this.#options;
    const progress: ActionProgress = { actionId, at: clock.now(), ...outcome };
    log.info({ actionId, state: outcome.state, reason: outcome.reason }, 'action ended');
    // On disk first: reporting twice is harmless, acting twice is not.
    await ledger.set(progress).catch((error: unknown) => log.error({ error }, 'failed to record an action'));
    report(progress);
  }
}
