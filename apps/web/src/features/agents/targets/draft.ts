import { type AgentTargetsInput, type SnmpAccess, targetMoved, type TargetView } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../../lib/forms/issues.ts';
import { t } from '../../../messages/agents.ts';

export type StoredTarget = z.output<typeof TargetView>;

type V3 = Extract<SnmpAccess, { version: 'v3' }>;
export type AuthProtocol = NonNullable<V3['authProtocol']>;
export type PrivProtocol = NonNullable<V3['privProtocol']>;

/** A target as it is edited: text where people type, and `keep` where the stored access stays as it is. */
export interface TargetDraft {
  id: string;
  address: string;
  port: string;
  /** Seconds between two readings; empty lets the driver decide. */
  pollIntervalS: string;
  access: 'keep' | 'v1' | 'v2c' | 'v3';
  community: string;
  writeCommunity: string;
  user: string;
  level: V3['level'];
  authProtocol: AuthProtocol;
  authPassphrase: string;
  privProtocol: PrivProtocol;
  privPassphrase: string;
}

const NO_ACCESS = {
  community: '',
  writeCommunity: '',
  user: '',
  level: 'authPriv',
  authProtocol: 'sha256',
  authPassphrase: '',
  privProtocol: 'aes128',
  privPassphrase: '',
} as const satisfies Partial<TargetDraft>;

/** A new target. SNMPv3 is offered first because it is the one that keeps its secrets. */
export function newDraft(id: string): TargetDraft {
  return { id, address: '', port: '161', pollIntervalS: '', access: 'v3', ...NO_ACCESS };
}

/** A stored target; its secrets never come back, so they are kept unless replaced. */
export function draftOf(view: StoredTarget): TargetDraft {
  return {
    id: view.id,
    address: view.address,
    port: String(view.port),
    pollIntervalS: view.pollIntervalMs === null ? '' : String(view.pollIntervalMs / 1000),
    access: 'keep',
    ...NO_ACCESS,
  };
}

/** What is sent for drafts; it still has to pass the contract's schema. */
export function inputOf(drafts: readonly TargetDraft[], trapPort: string): z.input<typeof AgentTargetsInput> {
  return { trapPort: numberOf(trapPort), targets: drafts.map(targetOf) };
}

function targetOf(draft: TargetDraft): z.input<typeof AgentTargetsInput>['targets'][number] {
  const access = accessOf(draft);
  return {
    id: draft.id,
    address: draft.address.trim(),
    port: numberOf(draft.port),
    pollIntervalMs: draft.pollIntervalS.trim() === '' ? null : Math.round(numberOf(draft.pollIntervalS) * 1000),
    ...(access === undefined ? {} : { access }),
  };
}

function accessOf(draft: TargetDraft): SnmpAccess | undefined {
  switch (draft.access) {
    case 'keep':
      return undefined;
    case 'v1':
    case 'v2c':
      return {
        version: draft.access,
        community: draft.community,
        ...(draft.writeCommunity === '' ? {} : { writeCommunity: draft.writeCommunity }),
      };
    case 'v3':
      return {
        version: 'v3',
        user: draft.user.trim(),
        level: draft.level,
        ...(draft.level === 'noAuthNoPriv'
          ? {}
          : { authProtocol: draft.authProtocol, authPassphrase: draft.authPassphrase }),
        ...(draft.level === 'authPriv'
          ? { privProtocol: draft.privProtocol, privPassphrase: draft.privPassphrase }
          : {}),
      };
  }
}

/** An empty or unreadable number becomes NaN, which the schema refuses. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Ranges larger than this would take an agent too long to search. */
const PREFIX_MIN = 22;

/** What the schema alone does not see: ranges that are too large, addresses given twice, and access kept for another address. */
export function checkTargets(
  input: Pick<z.output<typeof AgentTargetsInput>, 'targets'>,
  stored: ReadonlyMap<string, StoredTarget> = new Map(),
): FieldErrors {
  const errors: FieldErrors = {};
  const seen = new Set<string>();
  for (const [index, target] of input.targets.entries()) {
    const path = `targets.${index}.address`;
    const wrong = addressFault(target.address);
    const key = `${target.address.toLowerCase()}|${target.port}`;
    if (wrong !== null) errors[path] = wrong;
    else if (seen.has(key)) errors[path] = t('addressAlreadyList');
    seen.add(key);
    const before = stored.get(target.id);
    if (target.access === undefined && before !== undefined && targetMoved(before, target))
      errors[`targets.${index}.access`] = t('addressPortChangedEnter');
  }
  return errors;
}

/** What is wrong with an address or range, null where nothing is. Names are left to the agent to resolve. */
export function addressFault(address: string): string | null {
  if (/[\s,;]/.test(address)) return t('enterOneAddressAdd');
  const [host, prefix, ...rest] = address.split('/');
  if (prefix === undefined) {
    return /^[\d.]+$/.test(address) && !isIpv4(address) ? t('notCompleteIpv4Address') : null;
  }
  if (rest.length > 0 || host === undefined || !isIpv4(host) || !/^\d{1,2}$/.test(prefix)) {
    return t('writeRangeLike192');
  }
  const bits = Number(prefix);
  if (bits > 32) return t('writeRangeLike192');
  return bits < PREFIX_MIN ? t('rangeMost1024', { prefixMin: PREFIX_MIN }) : null;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
