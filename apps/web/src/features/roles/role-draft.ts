import type { RoleInput, RoleView } from '@loopstart/contracts';
import { exceeds, type PermissionName, PERMISSIONS } from '@loopstart/domain';
import { t } from '../../messages/roles.ts';

/** What the signed-in person may do themselves. */
export interface OwnRights {
  permissions: readonly PermissionName[];
  maxLinesAtOnce: number | null;
}

/** What the form holds before it is checked. */
export interface RoleDraft {
  title: string;
  permissions: readonly PermissionName[];
  /** As typed; empty is any number. */
  lines: string;
}

export const emptyDraft = ({ maxLinesAtOnce }: OwnRights): RoleDraft => ({
  title: '',
  permissions: [],
  lines: linesText(maxLinesAtOnce === null ? 100 : Math.min(100, maxLinesAtOnce)),
});

export const draftOf = ({ title, permissions, maxLinesAtOnce }: RoleInput): RoleDraft => ({
  title,
  permissions,
  lines: linesText(maxLinesAtOnce),
});

/** A copy of a role, as far as the person may give what it has. */
export const copyOf = (role: RoleView, own: OwnRights): RoleDraft => ({
  title: t('copyOf', { title: role.title }),
  permissions: role.permissions.filter((one) => own.permissions.includes(one)),
  lines: linesText(least(role.maxLinesAtOnce, own.maxLinesAtOnce)),
});

/** The body of the request; lines that are no number are left for the schema to refuse. */
export const bodyOf = ({ title, permissions, lines }: RoleDraft) => ({
  title,
  permissions: [...permissions],
  maxLinesAtOnce: lines.trim() === '' ? null : Number(lines),
});

const linesText = (lines: number | null): string => (lines === null ? '' : String(lines));
const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

/** What a role has that the person lacks, in words; null where they may give and change it. */
export function beyond(role: Pick<RoleView, 'permissions' | 'maxLinesAtOnce'>, own: OwnRights): string | null {
  const more = exceeds(
    { may: new Set(own.permissions), maxLinesAtOnce: own.maxLinesAtOnce },
    { may: new Set(role.permissions), maxLinesAtOnce: role.maxLinesAtOnce },
  );
  if (more.length === 0) return null;
  const words = more.map((one) => (one === 'maxLinesAtOnce' ? t('moreLines') : PERMISSIONS[one]));
  return t('more', { rights: words.join('; ') });
}
