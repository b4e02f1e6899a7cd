import type { GatewayMeasure, PowerSource } from '@loopstart/domain';
import type { VarBind } from '@loopstart/snmp';
import type { ModelContext } from '../model.ts';
import type { Answers, MeasureSource, Source } from '../source.ts';

/** A text of the gateway that needs more than one object, such as the version in the active firmware bank. */
export interface TextResolver {
  readonly field: 'firmware';
  readonly columns: readonly Source<unknown>[];
  decode(answers: Answers): string | null;
  encode(value: string): VarBind[];
}

/** A gateway measure that needs more than one object. */
export interface GatewayResolver {
  readonly measure: GatewayMeasure;
  readonly scalars: readonly Source<unknown>[];
  readonly columns: readonly Source<unknown>[];
  /** undefined: not answered; null: not understood. */
  decode(answers: Answers): number | null | undefined;
  encode(value: number): VarBind[];
}

/** The slice of a driver that reads a gateway's identity and measurements. */
export interface GatewaySlice {
  /** Objects that hold the model's name. */
  readonly modelText?: readonly Source<string>[];
  /** The unit's own statement of its vendor; absent or not answered: the driver's vendor. */
  readonly vendor?: readonly Source<string>[];
  /** Names the model from a table or a structure; null where neither has it: a family or a sentence is not a model. */
  readonly model: (context: ModelContext) => string | null;
  readonly firmware?: readonly Source<string>[];
  readonly hardwareRevision?: readonly Source<string>[];
  readonly serial?: readonly Source<string>[];
  readonly macAddress?: readonly Source<string>[];
  readonly powerSource?: readonly Source<PowerSource>[];
  /** The SIP server that its lines register with; the first source with a value. */
  readonly sipServer?: readonly Source<string>[];
  readonly measures?: Partial<Record<GatewayMeasure, readonly MeasureSource[]>>;
  readonly resolvers?: readonly GatewayResolver[];
  /** Used where the field's own sources have no value. */
  readonly textResolvers?: readonly TextResolver[];
}
