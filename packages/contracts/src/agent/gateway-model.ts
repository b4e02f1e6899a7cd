import { knownModel, type KnownModel } from '@loopstart/domain';
import type { GatewayInfo } from './inventory.ts';

/** What agents before 30 November 2026 sent, and kept in their book, for a model that nothing named. */
const FORMER_TEXT = 'unknown model';

/** A model as an agent of any version sent or kept it; null where it is not known. */
export const modelOrNull = (model: string | null): string | null => (model === FORMER_TEXT ? null : model);

/** A gateway as an agent of any version sent or kept it; where its model is not known, that is null with a reason. */
export function withKnownModel(gateway: GatewayInfo): GatewayInfo & KnownModel {
  const { sysObjectId, sysDescr, sysName } = gateway;
  const found = knownModel(modelOrNull(gateway.model), [sysObjectId, sysDescr, sysName]);
  // An agent that gives a reason knows more: it also asked for what it does not send.
  const modelReason = found.modelReason && (gateway.modelReason ?? found.modelReason);
  return { ...gateway, model: found.model, modelReason };
}
