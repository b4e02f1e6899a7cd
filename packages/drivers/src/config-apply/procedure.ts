import type { ConfigFormatId, ConfigKey } from '../config-formats/format.ts';

/** Lines typed into the shell of a gateway, one after the other. */
export interface SshStep {
  readonly transport: 'ssh';
  /** What the shell shows when it is ready for the first line. */
  readonly ready: RegExp;
  readonly lines: readonly SshLine[];
}

export interface SshLine {
  readonly send: string;
  /** What follows when the line was taken; matched at the end of the output. */
  readonly until: RegExp;
  /** An output with this means that the gateway refused the line. */
  readonly refused?: RegExp;
  /** The output is the configuration. */
  readonly capture?: boolean;
  readonly timeoutMs?: number;
  /** The gateway ends the session by it: the end is the answer. */
  readonly ends?: boolean;
}

/** One request to the web server of a gateway, with the login of the job. */
export interface HttpStep {
  readonly transport: 'http';
  readonly tls: boolean;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: { readonly type: string; readonly text: string };
  /** Statuses that mean that it was taken. */
  readonly ok: readonly number[];
  readonly capture?: boolean;
}

/** Serves one file to the gateway alone, from the moment before `trigger` until it has fetched it. */
export interface ServeStep {
  readonly transport: 'http-serve';
  /** Where the gateway is set up to fetch it from: `host:port/path`, as its configuration has it. */
  readonly from: string;
  /** The path of the file on that server, with a leading slash. */
  readonly path: string;
  readonly type: string;
  readonly text: string;
  /** Must be in the User-Agent of the request, without regard to case: the unit's MAC address or serial number. */
  readonly userAgentHas: string;
  /** What makes the gateway fetch it. */
  readonly trigger: NotifyStep | HttpStep;
  readonly fetchWithinMs: number;
}

/** SIP NOTIFY outside a dialog, with the event that makes the gateway read its configuration again (RFC 6665). */
export interface NotifyStep {
  readonly transport: 'sip-notify';
  readonly event: string;
}

export type ConfigStep = SshStep | HttpStep | ServeStep | NotifyStep;

/** What a procedure may use of one unit. */
export interface ConfigUnit {
  readonly model: string;
  /** Twelve lower-case hexadecimal digits; null where not known. */
  readonly mac: string | null;
  /** The running settings as they were read before the change; none before the first reading. */
  readonly settings: ReadonlyMap<ConfigKey, string | null>;
  readonly enablePassword: string | null;
  /** Whether its web server is reached by HTTPS. */
  readonly tls: boolean;
  /** How long the change may take to prove itself. */
  readonly confirmWithinMs: number;
}

/** A procedure cannot do it for this unit; the sentence says why. */
export interface CannotApply {
  readonly cannot: string;
}

/**
 * How the configuration of one maker's gateways is read, written, stored and proven. Only what a source shows; a model
 * without one has no procedure, and a change of it is refused.
 */
export interface ConfigProcedure {
  /** The models in words. */
  readonly name: string;
  /** How it is read, written and stored, for people. */
  readonly how: string;
  /** What proves a change: the registrations that the model reports, or what is read back, where a person accepts that. */
  readonly proof: 'registrations' | 'read-back';
  readonly drivers: readonly string[];
  readonly models: RegExp;
  readonly formats: readonly ConfigFormatId[];
  /** `changes`: a text with the changes alone is written. `whole`: the whole configuration, patched. */
  readonly writes: 'changes' | 'whole';
  /** Whether it writes out all its settings, so that a key it does not write is none of its settings. */
  readonly writesAllKeys: boolean;
  /** What an absent key means in its read-back. */
  readonly absentMeans: 'not-set' | 'default';
  /** From the write until it has taken it, a restart included; milliseconds. */
  readonly takesEffectMs: number;
  /** The shortest limit in which a change of this model can prove itself; milliseconds. */
  readonly confirmWithinMsMin: number;
  /** The text of the running configuration: exactly one step or line captures it. */
  read(unit: ConfigUnit): readonly ConfigStep[];
  /** `back`: writes the values of before. */
  write(text: string, unit: ConfigUnit, way: 'forth' | 'back'): readonly ConfigStep[] | CannotApply;
  /** Stores what runs, so that it survives a restart; absent: writing stores it. */
  save?(unit: ConfigUnit): readonly ConfigStep[];
}
