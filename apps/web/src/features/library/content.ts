import type { LibraryContent, Policy, RoleView } from '@loopstart/contracts';

/** What an object is called: a policy by its name, a role by its title. */
export const nameOf = ({ kind, content }: LibraryContent): string => (kind === 'policy' ? content.name : content.title);

/** The choices of the own organisation that can be published. The default policy and the built-in roles cannot. */
export interface Source {
  id: string;
  name: string;
  object: LibraryContent;
}

export const policySources = (policies: readonly Policy[]): Source[] =>
  policies
    .filter(({ isDefault, ownership }) => !isDefault && ownership === 'owned')
    .map(({ id, name, isDefault, match, steps, repeat, quietHours, digest }) => ({
      id,
      name,
      object: { kind: 'policy', content: { name, isDefault, match, steps, repeat, quietHours, digest } },
    }));

export const roleSources = (roles: readonly RoleView[]): Source[] =>
  roles
    .filter(({ own, ownership }) => own && ownership === 'owned')
    .map(({ id, title, permissions, maxLinesAtOnce }) => ({
      id,
      name: title,
      object: { kind: 'role', content: { title, permissions, maxLinesAtOnce } },
    }));
