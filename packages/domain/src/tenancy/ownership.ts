import type { PermissionName } from '../rights/permissions.ts';

/**
 * Whose an object is, as an operator sees it. Owned: made here, or copied. Shared: published by the provider to be copied;
 * it has no effect itself. Locked: published by the provider and in force as it is.
 */
export const OWNERSHIPS = ['owned', 'shared', 'locked'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** How the provider publishes. */
export const PUBLISHED_MODES = ['shared', 'locked'] as const satisfies readonly Ownership[];
export type PublishedMode = (typeof PUBLISHED_MODES)[number];

export const PUBLISHED_KINDS = ['policy', 'role'] as const;
export type PublishedKind = (typeof PUBLISHED_KINDS)[number];

export type ObjectAct = 'read' | 'apply' | 'copy' | 'change' | 'reorder' | 'delete';

const OF_OPERATOR: Readonly<Record<Ownership, readonly ObjectAct[]>> = {
  owned: ['read', 'apply', 'change', 'reorder', 'delete'],
  shared: ['read', 'copy'],
  locked: ['read', 'apply'],
};

/**
 * What an operator may do with an object of this ownership, whatever its people's rights are: these come on top, and an
 * owner has no more.
 */
export const operatorMay = (ownership: Ownership, act: ObjectAct): boolean => OF_OPERATOR[ownership].includes(act);

/** Where an object came from, as it is stored with it. */
export interface Provenance {
  locked: boolean;
  /** The version that it has, or was copied from; null: made here. */
  libraryVersion: number | null;
}

export interface OwnershipFacts {
  ownership: Ownership;
  /** Null: made here. */
  publishedBy: 'provider' | null;
  version: number | null;
}

/** What an operator is shown of the origin of an object of its own list. */
export const ownershipOf = ({ locked, libraryVersion }: Provenance): OwnershipFacts => ({
  ownership: locked ? 'locked' : 'owned',
  publishedBy: libraryVersion === null ? null : 'provider',
  version: libraryVersion,
});

/**
 * Rights that decide who works in an operator, how they sign in, and what becomes of it and its records. No published role
 * has one: by it the provider, which has no access to operators, would let people in.
 */
export const NOT_PUBLISHED_RIGHTS: ReadonlySet<PermissionName> = new Set([
  'operator.export',
  'operator.delete',
  'organisation.write',
  'members.invite',
  'members.write',
  'roles.write',
  'owners.appoint',
  'channel-addresses.read',
  'sign-in-policy.write',
  'audit.write',
  'audit.erase',
  'tokens.write',
  'tokens.lasting',
  'single-sign-on.write',
]);

export interface LibraryFault {
  path: string;
  expected: string;
}

export const publishedRoleFaults = ({ permissions }: { permissions: readonly PermissionName[] }): LibraryFault[] =>
  permissions.flatMap((name, index) =>
    NOT_PUBLISHED_RIGHTS.has(name)
      ? [{ path: `permissions.${index}`, expected: 'a right that does not decide who works in an operator, and how' }]
      : [],
  );

interface PolicyContent {
  isDefault: boolean;
  match: { customerIds?: readonly string[] | undefined; siteIds?: readonly string[] | undefined };
  steps: readonly { targets: readonly { type: string }[] }[];
  quietHours: { severities: readonly string[] } | null;
  digest: { severities: readonly string[]; targets: readonly { type: string }[] } | null;
}

/**
 * Faults of a policy that is to be published: it names nothing that one operator alone has, and it holds nothing critical
 * back, because where it is locked nobody there can change that.
 */
export function publishedPolicyFaults({ isDefault, match, steps, quietHours, digest }: PolicyContent): LibraryFault[] {
  const faults: LibraryFault[] = [];
  if (isDefault) faults.push({ path: 'isDefault', expected: 'false: each operator has its own default' });
  for (const name of ['customerIds', 'siteIds'] as const)
    if (match[name] !== undefined)
      faults.push({ path: `match.${name}`, expected: 'nothing: places belong to one operator' });
  const all = [
    ...steps.map(({ targets }, index) => [`steps.${index}`, targets] as const),
    ...(digest === null ? [] : [['digest', digest.targets] as const]),
  ];
  for (const [path, targets] of all)
    targets.forEach(({ type }, index) => {
      if (type !== 'all-channels')
        faults.push({ path: `${path}.targets.${index}`, expected: 'all-channels: others belong to one operator' });
    });
  for (const [path, severities] of [
    ['quietHours', quietHours?.severities ?? []],
    ['digest', digest?.severities ?? []],
  ] as const)
    if (severities.includes('critical'))
      faults.push({ path: `${path}.severities`, expected: 'no critical: it is announced at once' });
  return faults;
}
