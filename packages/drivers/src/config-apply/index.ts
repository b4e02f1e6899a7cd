import { audiocodesMediant, audiocodesMediaPack } from './audiocodes.ts';
import { ciscoIos } from './cisco-ios.ts';
import { grandstream } from './grandstream.ts';
import { pattonSmartware } from './patton.ts';
import type { ConfigProcedure } from './procedure.ts';
import { sangomaVega } from './vega.ts';

export { whyNoProcedure } from './without-procedure.ts';

export {
  planChange,
  readConfig,
  type JobChange,
  type PlannedChange,
  type ReadConfig,
  type Refused,
} from './plan-change.ts';
export type {
  CannotApply,
  ConfigProcedure,
  ConfigStep,
  ConfigUnit,
  HttpStep,
  NotifyStep,
  ServeStep,
  SshLine,
  SshStep,
} from './procedure.ts';

export const PROCEDURES: readonly ConfigProcedure[] = [
  grandstream,
  audiocodesMediaPack,
  audiocodesMediant,
  ciscoIos,
  pattonSmartware,
  sangomaVega,
];

/** How this model is changed; null where that is not verified for it. */
export function configProcedure(driverId: string, model: string | null): ConfigProcedure | null {
  if (model === null) return null;
  return PROCEDURES.find(({ drivers, models }) => drivers.includes(driverId) && models.test(model)) ?? null;
}
