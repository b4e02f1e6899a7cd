/** The steps by which the certificate authority of an installation is replaced. */
export type CaStep = 'introduce' | 'switch' | 'withdraw';

/** What is known when a step is asked for. */
export interface CaFacts {
  hasNext: boolean;
  hasFormer: boolean;
  /** Agents that connect with a valid certificate and were not sent the next authority yet. */
  unaware: number;
  /** Valid certificates that the former authority signed. */
  hanging: number;
  /** When the last certificate that holds the step up ends; null: none does. */
  untilMs: number | null;
}

/** Why a step would cut agents off or makes no sense. */
export type CaRefusal =
  | { reason: 'rotation-under-way' | 'no-next' | 'no-former' }
  | { reason: 'agents-unaware'; agents: number; untilMs: number | null }
  | { reason: 'certificates-valid'; certificates: number; untilMs: number | null };

/** Why a step is refused, or null. Certificates end by themselves, so each wait has an end. */
export function caRefusal(step: CaStep, facts: CaFacts): CaRefusal | null {
  const { untilMs } = facts;
  switch (step) {
    case 'introduce':
      return facts.hasNext || facts.hasFormer ? { reason: 'rotation-under-way' } : null;
    case 'switch':
      if (!facts.hasNext) return { reason: 'no-next' };
      return facts.unaware > 0 ? { reason: 'agents-unaware', agents: facts.unaware, untilMs } : null;
    case 'withdraw':
      if (!facts.hasFormer) return { reason: 'no-former' };
      return facts.hanging > 0 ? { reason: 'certificates-valid', certificates: facts.hanging, untilMs } : null;
  }
}
