'use client';

import type { Provisioning } from '@loopstart/contracts';
import { isRole, ROLE_TABLE } from '@loopstart/domain';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/provisioning.ts';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { rolesQuery } from '../../roles/index.ts';

type Group = Provisioning['groups'][number];
type Refused = Provisioning['refused'][number];
const REASONS: Readonly<Record<Refused['reason'], string>> = t.group('reason');

const groupColumns = (roleOf: (name: string) => string): Column<Group>[] => [
  {
    id: 'name',
    header: t('group'),
    rowHeader: true,
    card: 'title',
    cell: ({ name }) => <span className="wrap-anywhere">{name}</span>,
  },
  { id: 'people', header: t('people'), align: 'right', cell: ({ members }) => String(members) },
  { id: 'gives', header: t('gives'), cell: ({ gives }) => <Gives gives={gives} roleOf={roleOf} /> },
];

function Gives({ gives, roleOf }: Pick<Group, 'gives'> & { roleOf: (name: string) => string }) {
  if (gives === null) return <span className="text-ink-3">{t('noRule')}</span>;
  const role = roleOf(gives.role);
  return gives.limitedTo === null ? role : t('limited', { role });
}

/** Groups of the directory, and the role of who is in one alone. */
export function GroupTable({ groups }: { groups: readonly Group[] }) {
  const own = useQuery(rolesQuery()).data?.items ?? [];
  const roleOf = (name: string) =>
    isRole(name) ? ROLE_TABLE[name].title : (own.find(({ id }) => id === name)?.title ?? t('ownRole'));
  return <DataTable caption={t('groups')} columns={groupColumns(roleOf)} rows={groups} rowKey={({ id }) => id} />;
}

const refusedColumns: Column<Refused>[] = [
  {
    id: 'person',
    header: t('person'),
    rowHeader: true,
    card: 'title',
    cell: ({ userName }) => <span className="break-all">{userName}</span>,
  },
  { id: 'why', header: t('why'), cell: ({ reason }) => REASONS[reason] },
];

/** People of the directory who do not come in, and why. */
export function RefusedTable({ refused }: { refused: readonly Refused[] }) {
  return (
    <DataTable caption={t('waiting')} columns={refusedColumns} rows={refused} rowKey={({ userName }) => userName} />
  );
}
