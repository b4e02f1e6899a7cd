import { ERROR_STATUS, type ErrorStatusName, SnmpError } from '../../wire/errors.ts';
import { oidStartsWith } from '../../wire/oid.ts';
import { encodeBindings } from '../../wire/pdu.ts';
import type { MibView, Oid, RequestKind, SnmpVersion, VarBind } from '../../wire/types.ts';

/** A request as in its PDU; for GETBULK with its two numbers. */
export interface MibRequest {
  kind: RequestKind;
  version: SnmpVersion;
  varbinds: VarBind[];
  nonRepeaters: number;
  maxRepetitions: number;
}

export interface MibAnswer {
  errorStatus: number;
  errorIndex: number;
  varbinds: VarBind[];
}

/** The errors of v1 for those of v2 (RFC 3584 section 4.4). */
const V1_STATUS: Partial<Record<ErrorStatusName, ErrorStatusName>> = {
  wrongValue: 'badValue',
  wrongEncoding: 'badValue',
  wrongType: 'badValue',
  wrongLength: 'badValue',
  inconsistentValue: 'badValue',
  noAccess: 'noSuchName',
  notWritable: 'noSuchName',
  noCreation: 'noSuchName',
  inconsistentName: 'noSuchName',
  authorizationError: 'noSuchName',
  resourceUnavailable: 'genErr',
  commitFailed: 'genErr',
  undoFailed: 'genErr',
};
const V1_STATUS_BY_NUMBER = new Map(
  Object.entries(V1_STATUS).map(([v2, v1]) => [ERROR_STATUS[v2 as ErrorStatusName], ERROR_STATUS[v1]]),
);

function failure(request: MibRequest, errorStatus: number, errorIndex: number): MibAnswer {
  const status = request.version === 'v1' ? (V1_STATUS_BY_NUMBER.get(errorStatus) ?? errorStatus) : errorStatus;
  // RFC 3416 section 4.2.1: tooBig comes without varbinds, any other error with those of the request; v1 echoes always.
  const empty = status === ERROR_STATUS.tooBig && request.version !== 'v1';
  return { errorStatus: status, errorIndex, varbinds: empty ? [] : request.varbinds };
}

function tooBig(request: MibRequest): MibAnswer {
  return failure(request, ERROR_STATUS.tooBig, 0);
}

/** RFC 3416 section 4.2.1: noSuchInstance below an object that has instances, noSuchObject elsewhere. */
function absence(view: MibView, oid: Oid): VarBind {
  const object = oid.slice(0, oid.lastIndexOf('.'));
  const sibling = view.next(object);
  const isObject = sibling !== undefined && oidStartsWith(sibling.oid, object);
  return { oid, value: { type: isObject ? 'noSuchInstance' : 'noSuchObject' } };
}

function answerGet(view: MibView, request: MibRequest): MibAnswer {
  const varbinds: VarBind[] = [];
  for (const [i, { oid }] of request.varbinds.entries()) {
    const value = view.get(oid);
    if (request.version === 'v1' && (value === undefined || value.type === 'counter64')) {
      return failure(request, ERROR_STATUS.noSuchName, i + 1);
    }
    varbinds.push(value === undefined ? absence(view, oid) : { oid, value });
  }
  return { errorStatus: 0, errorIndex: 0, varbinds };
}

/** The instance after `oid`; v1 has no Counter64 and skips them (RFC 3584 section 4.2.2.1). */
function following(view: MibView, oid: Oid, version: SnmpVersion): VarBind | undefined {
  let next = view.next(oid);
  if (version !== 'v1') return next;
  while (next?.value.type === 'counter64') next = view.next(next.oid);
  return next;
}

function answerNext(view: MibView, request: MibRequest): MibAnswer {
  const varbinds: VarBind[] = [];
  for (const [i, { oid }] of request.varbinds.entries()) {
    const next = following(view, oid, request.version);
    if (!next && request.version === 'v1') return failure(request, ERROR_STATUS.noSuchName, i + 1);
    varbinds.push(next ?? { oid, value: { type: 'endOfMibView' } });
  }
  return { errorStatus: 0, errorIndex: 0, varbinds };
}

/** Up to `count` steps from `oid`, one after another, for views where that is fast. */
function steps(view: MibView, oid: Oid, count: number): VarBind[] {
  const found: VarBind[] = [];
  let at = oid;
  while (found.length < count) {
    const next = view.next(at);
    found.push(next ?? { oid: at, value: { type: 'endOfMibView' } });
    if (!next) break;
    at = next.oid;
  }
  return found;
}

/** RFC 3416 section 4.2.3. Stops where all columns are at the end of the view. */
function answerBulk(view: MibView, request: MibRequest, varbindsMax: number): MibAnswer {
  const oids = request.varbinds.map(({ oid }) => oid);
  const single = Math.min(Math.max(request.nonRepeaters, 0), oids.length);
  const varbinds = oids.slice(0, single).flatMap((oid) => steps(view, oid, 1));
  const repeaters = oids.slice(single);
  if (repeaters.length > 0) {
    const rowsMax = Math.min(Math.max(request.maxRepetitions, 0), Math.ceil(varbindsMax / repeaters.length));
    const columns = repeaters.map((oid) => steps(view, oid, rowsMax));
    const rows = Math.max(...columns.map((column) => column.length));
    for (let row = 0; row < rows; row++) {
      for (const column of columns) varbinds.push((column[row] ?? column.at(-1)) as VarBind);
    }
  }
  return { errorStatus: 0, errorIndex: 0, varbinds: varbinds.slice(0, varbindsMax) };
}

/**
 * The answer to a SET from a requester with read access only: a user without a write view is not authorised (RFC 3413
 * section 3.2), a community's view has no such object to write (RFC 3416 section 4.2.5; RFC 1157 section 4.1.5).
 */
export function refuseWrite(request: MibRequest): MibAnswer {
  return request.version === 'v3'
    ? failure(request, ERROR_STATUS.authorizationError, 0)
    : failure(request, ERROR_STATUS.noAccess, 1);
}

function answerSet(view: MibView, request: MibRequest): MibAnswer {
  if (!view.set) return failure(request, ERROR_STATUS.notWritable, 1);
  const { errorStatus, errorIndex } = view.set(request.varbinds);
  if (errorStatus !== 0) return failure(request, errorStatus, errorIndex);
  return { errorStatus: 0, errorIndex: 0, varbinds: request.varbinds };
}

/** The answer of an agent with this view, before it is cut to size. A view that throws gives genErr. */
export function answer(view: MibView, request: MibRequest, varbindsMax: number): MibAnswer {
  if (request.kind !== 'getBulk' && request.varbinds.length > varbindsMax) return tooBig(request);
  try {
    switch (request.kind) {
      case 'get':
        return answerGet(view, request);
      case 'getNext':
        return answerNext(view, request);
      case 'getBulk':
        return answerBulk(view, request, varbindsMax);
      case 'set':
        return answerSet(view, request);
    }
  } catch {
    return failure(request, ERROR_STATUS.genErr, 0);
  }
}

export interface EncodedAnswer {
  errorStatus: number;
  errorIndex: number;
  bindings: Uint8Array;
}

function encodeWithin(varbinds: VarBind[], bytesMax: number): Uint8Array | undefined {
  try {
    const bindings = encodeBindings(varbinds);
    return bindings.length <= bytesMax ? bindings : undefined;
  } catch (error) {
    if (error instanceof SnmpError && error.code === 'too-big') return undefined;
    throw error;
  }
}

/**
 * Encodes an answer: of GETBULK as many varbinds as fit (at least one), of other requests all or tooBig. `bytesMax`
 * limits the VarBindList.
 */
export function encodeAnswer(request: MibRequest, answered: MibAnswer, bytesMax: number): EncodedAnswer {
  let { varbinds } = answered;
  let bindings = encodeWithin(varbinds, bytesMax);
  while (!bindings && request.kind === 'getBulk' && varbinds.length > 1) {
    varbinds = varbinds.slice(0, Math.floor(varbinds.length * 0.9));
    bindings = encodeWithin(varbinds, bytesMax);
  }
  if (bindings) return { errorStatus: answered.errorStatus, errorIndex: answered.errorIndex, bindings };
  const refused = tooBig(request);
  return { errorStatus: refused.errorStatus, errorIndex: 0, bindings: encodeBindings(refused.varbinds) };
}
