import type { REGISTRATION_FILTER, SinceRange } from '@loopstart/contracts';
import type { LineDeviceClass, Severity } from '@loopstart/domain';
import type { GatewayKind } from '../../../core/fleet/gateway-sql.ts';

/** Which lines are asked for; each filter that is there has to match. */
export interface LineFilter extends GatewayKind {
  /** Patterns that all have to match something of the line: its names and numbers, its gateway, its site or its customer. */
  words: readonly string[] | null;
  lineDeviceClass?: readonly LineDeviceClass[] | undefined;
  severity?: readonly Severity[] | undefined;
  registration?: readonly (typeof REGISTRATION_FILTER)[number][] | undefined;
  kind?: readonly string[] | undefined;
  since?: SinceRange | undefined;
}

/** Who asks, when, and for what: what every statement about lines begins with. */
export interface LineQuestion {
  operatorId: string;
  now: Date;
  filter: LineFilter;
  /** Null where nothing that is asked depends on it. */
  doubted: DoubtedGateways | null;
  /** Null where no words are asked for. */
  named: NamedGateways | null;
}

/** Gateways that cannot be trusted now, one place an array. */
export interface DoubtedGateways {
  ids: string[];
  /** Nothing at all that was read of it says anything about now. */
  distrusted: boolean[];
  /** Since when, as the database writes it. */
  since: (string | null)[];
}

/** Gateways in which all words are found that are asked for, one place an array. */
export interface NamedGateways {
  ids: string[];
  /** In its own name and place alone, so that all its lines match. */
  whole: boolean[];
}

/** Do the sets of ports tell which lines match, without a look at each of them? */
export const isExact = ({ words, since }: LineFilter): boolean => words === null && since === undefined;

/** Does it depend on whether the gateway can be trusted now which lines match? */
export const dependsOnTrust = ({ severity, registration, since }: LineFilter): boolean =>
  [severity, registration, since].some((value) => value !== undefined);
