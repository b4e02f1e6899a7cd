import { Injectable } from '@nestjs/common';
import type { ConfigDialling } from '@loopstart/contracts';
import { type DialPlan, diallingDifferences, evaluatePlan } from '@loopstart/domain';
import { diallingFor } from '@loopstart/drivers/configuration';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { EffectiveService, gatewayView } from '../entries/index.ts';
import { countryOf, planOf, serviceOf } from '../review/index.ts';

/** Keys on one port, and by what they are tried. */
export interface TriedKeys {
  position: number;
  dialled: string;
  pauseMs: number;
  plan?: string | undefined;
  draftId?: string | undefined;
}

const UNKNOWN = { plan: null, language: null, readings: [], isOpen: false, gatewayReasons: [], notWritten: null };

/** What a port does with what is dialled: by the plan, and by what its gateway would be given. */
@Injectable()
export class DiallingService {
  constructor(
    private readonly db: Database,
    private readonly effective: EffectiveService,
  ) {}

  tryKeys(scope: Scope, gatewayId: string, tried: TriedKeys): Promise<ConfigDialling> {
    const { position, dialled, pauseMs } = tried;
    return this.db.tx(scope, async (sql) => {
      const { facts, stack } = await this.effective.stack(sql, scope.operatorId, gatewayId, tried.draftId);
      const port = found(facts.ports.find((one) => one.position === position));
      const resolved = stack.resolve(facts, [port]);
      const { resolution } = resolved.ports[0]!;
      const own = resolution.values.get('port.dialPlan')?.value;
      const planName = tried.plan ?? (typeof own === 'string' ? own : null);
      const subject = { gateway: gatewayView(facts), position, planName };
      if (planName === null) return { ...subject, ...UNKNOWN, planReason: 'The port has no dial plan.' };
      const entry = resolved.dialPlan(planName);
      if (entry === null) return { ...subject, ...UNKNOWN, planReason: `There is no dial plan ${planName}.` };
      const plan = planOf(entry, countryOf(resolved.gateway));
      if (plan === null) return { ...subject, ...UNKNOWN, planReason: `The dial plan ${planName} cannot be read.` };
      const service = serviceOf(resolution);
      const byPlan = evaluatePlan(plan, service, dialled, pauseMs);
      if (byPlan === null)
        return { ...subject, ...UNKNOWN, planReason: 'The plan has too many states to be followed.' };
      const byGateway = diallingFor(facts.driverId, facts, { plan, service }, { dialled, pauseMs });
      const { number, refusal, keysUsed, afterMs, rule } = byPlan;
      return {
        ...subject,
        plan: { number, refusal, keysUsed, afterMs, rule: rule?.label ?? null },
        planReason: null,
        notWritten: byGateway.notWritten,
        ...(byGateway.ok
          ? {
              language: byGateway.language,
              readings: byGateway.readings.map(({ ruleId, ...one }) => ({
                ...one,
                rule: labelOf(plan, ruleId),
                differs: [...diallingDifferences(byPlan, one)],
              })),
              isOpen: byGateway.readings.some((one) => diallingDifferences(byGateway.readings[0]!, one).length > 0),
              gatewayReasons: [],
            }
          : { language: null, readings: [], isOpen: false, gatewayReasons: [...byGateway.reasons] }),
      };
    });
  }
}

const labelOf = ({ rules }: DialPlan, ruleId: string | null): string | null =>
  rules.find(({ id }) => id === ruleId)?.label ?? null;
