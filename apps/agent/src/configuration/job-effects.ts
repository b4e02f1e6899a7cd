import type { GatewayConfigProgress, RunningConfig } from '@loopstart/contracts';
import type { ApplyEffect, ApplyEvent, ApplyJob, ApplyObservation } from '@loopstart/domain';
import type { GatewaySession } from '../session/gateway-session.ts';
import { ConfigLinkError } from '../transport/config-link-error.ts';
import { sipServerAnswers } from './ask-sip-server.ts';
import type { Kept } from './job-store.ts';
import { observeGateway, type ConfigRequest, type GatewayObservation } from './observe-gateway.ts';
import type { StepTools } from './run-steps.ts';
import { countOthers, peersInService, registeredOthers, type FleetView } from './site-view.ts';
import { UnitConfig } from './unit-config.ts';

export interface EffectTools extends StepTools {
  fleet: FleetView;
  signal: AbortSignal;
  brokerReachable: () => boolean | null;
  /** Whether another job of the redundancy group, or of the same gateway, is being done. */
  isTaken: (request: ConfigRequest) => boolean;
}

/** Facts that the last effects brought, for the progress. */
export interface JobFacts {
  evidence: GatewayConfigProgress['evidence'];
  kept: Kept | null;
  /** A configuration that was read and is to be reported. */
  running: RunningConfig | null;
}

/** Does what the machine decided for one job. */
export class JobEffects {
  readonly #request: ConfigRequest;
  readonly #tools: EffectTools;
  readonly unit: UnitConfig;
  readonly facts: JobFacts;

  constructor(request: ConfigRequest, tools: EffectTools, facts: JobFacts) {
    this.#request = request;
    this.#tools = tools;
    this.unit = new UnitConfig(request, tools);
    this.facts = facts;
  }

  /** Carries out an effect other than waiting and ending; the event tells what came of it. */
  async carryOut(effect: ApplyEffect['do'], job: ApplyJob): Promise<ApplyEvent> {
    switch (effect) {
      case 'keep':
        return this.#keep();
      case 'write':
      case 'write-back':
        return this.#write(effect === 'write');
      case 'check':
      case 'check-saved':
      case 'check-back':
        return this.#check(effect, job);
      case 'save':
        return this.#save();
      default:
        return this.#observe();
    }
  }

  async #observe(): Promise<ApplyEvent> {
    const gateway = await this.#exclusively((session) => this.#read(session, true));
    return { type: 'observed', observation: this.#withSite(gateway, null) };
  }

  async #keep(): Promise<ApplyEvent> {
    const { gatewayId } = this.#request;
    const { fleet, clock } = this.#tools;
    return this.#exclusively(async (session): Promise<ApplyEvent> => {
      const { identity, firmware } = await this.#read(session, false);
      const ip = session?.ip ?? null;
      if (identity !== 'same' || ip === null)
        return { type: 'not-kept', reason: 'unreadable', detail: 'The gateway did not answer.', again: true };
      const others = registeredOthers(fleet, gatewayId, clock.now());
      const kept = await this.unit.keep(ip, { firmware, others });
      if ('refused' in kept) return { type: 'not-kept', reason: kept.refused, detail: kept.detail, again: kept.again };
      this.facts.kept = kept.kept;
      this.facts.running = kept.running;
      this.facts.evidence = { ...this.facts.evidence, fingerprintBefore: kept.kept.fingerprint, firmware };
      return { type: 'kept', secretsHidden: kept.secretsHidden };
    });
  }

  /** Reads once more what answers and whether its lines are idle, then writes at once. */
  async #write(forth: boolean): Promise<ApplyEvent> {
    return this.#exclusively(async (session): Promise<ApplyEvent> => {
      const gateway = await this.#read(session, true);
      const { kept } = this.facts;
      const ip = session?.ip ?? null;
      const wrote = { type: 'wrote', reason: null, detail: null } as const;
      if (gateway.identity !== 'same' || ip === null || kept === null) return { ...wrote, outcome: 'not-begun' };
      if (gateway.refusal !== null) return { ...wrote, outcome: 'not-begun', reason: 'busy' };
      if (forth) this.#note({ registeredBefore: registered(gateway) });
      try {
        await this.unit.write(ip, kept, forth);
        return { ...wrote, outcome: 'done' };
      } catch (error) {
        if (!(error instanceof ConfigLinkError)) throw error;
        const { reason, message: detail, sent } = error;
        if (!sent) return { type: 'wrote', outcome: 'not-begun', reason, detail };
        return { type: 'wrote', outcome: reason === 'write-refused' ? 'refused' : 'unclear', reason, detail };
      }
    });
  }

  async #check(effect: ApplyEffect['do'], job: ApplyJob): Promise<ApplyEvent> {
    const { sipServer } = this.#request;
    const { linkClock } = this.#tools;
    const server = sipServer === null || effect !== 'check' ? null : sipServerAnswers(sipServer, linkClock);
    const event = await this.#exclusively(async (session) => {
      const gateway = await this.#read(session, false);
      const ip = session?.ip ?? null;
      const { kept } = this.facts;
      const read =
        gateway.identity === 'same' && ip !== null && kept !== null ? await this.unit.readBack(ip, kept) : null;
      if (read !== null) {
        const { differences, fingerprint: fingerprintAfter } = read;
        this.#note({ ...differences, fingerprintAfter, registeredAfter: registered(gateway) });
        const proven = effect === 'check-back' ? read.readBack.before : read.readBack.after;
        if (effect !== 'check' && proven === 'equal')
          this.facts.running = this.unit.running(
            read.text,
            read.config,
            effect === 'check-back' ? 'reverted' : 'after',
            gateway.firmware,
          );
      }
      return { gateway, readBack: read?.readBack ?? null };
    });
    const observation = this.#withSite(event.gateway, await server);
    return { type: 'checked', observation, readBack: job.phase === 'ended' ? null : event.readBack };
  }

  async #save(): Promise<ApplyEvent> {
    return this.#exclusively(async (session): Promise<ApplyEvent> => {
      const { identity } = await this.#read(session, false);
      const ip = session?.ip ?? null;
      const { kept } = this.facts;
      if (identity !== 'same' || ip === null || kept === null)
        return { type: 'saved', done: false, detail: 'The gateway did not answer.' };
      try {
        await this.unit.save(ip, kept);
        return { type: 'saved', done: true, detail: null };
      } catch (error) {
        if (!(error instanceof ConfigLinkError)) throw error;
        return { type: 'saved', done: false, detail: error.message };
      }
    });
  }

  #exclusively<T>(work: (session: GatewaySession | null) => Promise<T>): Promise<T> {
    const session = this.#tools.fleet.find(this.#request.gatewayId);
    return session === null ? work(null) : session.exclusively(() => work(session));
  }

  #read(session: GatewaySession | null, permits: boolean): Promise<GatewayObservation> {
    const { clock, signal } = this.#tools;
    return observeGateway(session, this.#request, permits, clock, signal);
  }

  #withSite(gateway: GatewayObservation, sipServerAnswers: boolean | null): ApplyObservation {
    const { fleet, clock, isTaken, brokerReachable } = this.#tools;
    const nowMs = clock.now();
    return {
      ...gateway,
      group: isTaken(this.#request) ? 'taken' : peersInService(fleet, this.#request.peers, nowMs) ? 'free' : 'peer-out',
      others: countOthers(fleet, this.facts.kept?.others ?? [], nowMs),
      sipServerAnswers,
      brokerReachable: brokerReachable(),
    };
  }

  #note(part: Partial<GatewayConfigProgress['evidence']>): void {
    this.facts.evidence = { ...this.facts.evidence, ...part };
  }
}

function registered({ lines }: GatewayObservation): number[] | null {
  if (lines === null) return null;
  return lines.flatMap(({ position, registration }) => (registration === 'registered' ? [position] : []));
}
