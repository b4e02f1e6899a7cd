import { rolesWith } from './access.ts';
import { CONFIRM_FROM_LINES } from './blast-radius.ts';
import { type PermissionName, PERMISSIONS } from './permissions.ts';
import { WHOLE_OPERATOR_ONLY } from './places.ts';
import { PROVIDER_RIGHTS } from './provider.ts';
import { ROLE_TABLE, ROLES } from './roles.ts';

/** The page docs/rights.md: what each role may do, out of the tables that the guard reads. */
export function rightsPage(): string {
  const names = Object.keys(PERMISSIONS) as PermissionName[];
  const marks = names.map((name) => {
    const having = new Set(rolesWith(name));
    const note = WHOLE_OPERATOR_ONLY.has(name) ? ' ¹' : '';
    return row([`\`${name}\``, `${PERMISSIONS[name]}${note}`, ...ROLES.map((role) => (having.has(role) ? 'yes' : ''))]);
  });
  const roles = ROLES.map((role) => {
    const { title, about, maxLinesAtOnce, limitedOnly } = ROLE_TABLE[role];
    const where = limitedOnly ? 'a part of the fleet only' : 'everywhere, or limited';
    return row([title, about, maxLinesAtOnce === null ? 'any number' : String(maxLinesAtOnce), where]);
  });
  return [
    '# Roles and rights',
    'Written by `npm run rights` from `packages/domain/src/rights`, which the guard of the API, the OpenAPI document and the console read too. A test fails where this page differs.',
    '## Roles',
    table(['role', 'for whom', 'lines at once', 'where'], roles),
    `An operator makes roles of its own from the same list (\`POST /api/v1/roles\`); nobody gives a right that they lack. An act that reaches ${CONFIRM_FROM_LINES} lines or more states how many it reaches, and how many of them are life-safety lines; one that reaches more than the role allows is refused.`,
    '## Limits to places',
    'A member can be limited to customers, sites and tags of sites. They then see and change what is there, and nothing else: another place answers as one that does not exist, the live stream is silent about it, and counts leave it out. Settings of the whole operator are read by right. Alerts that nothing places, and incidents of what several sites share, are seen by those who work everywhere; the alerts of the own lines that such an incident explains are seen as suppressed.',
    '## Rights',
    table(['right', 'what it permits', ...ROLES.map((role) => ROLE_TABLE[role].title)], marks),
    '¹ Nobody has this right who is limited to places.',
    '## The provider',
    'Who runs the installation has rights beside those of any operator, and by them sees of an operator its name, its standing and counts, and none of its data. No role and no token has them: people get them by the first set-up, or by `node apps/api/dist/cli/provider.js grant <email>`.',
    table(
      ['right', 'what it permits'],
      Object.entries(PROVIDER_RIGHTS).map(([name, what]) => row([`\`${name}\``, what])),
    ),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(head), row(head.map(() => '---')), ...rows].join('\n');
