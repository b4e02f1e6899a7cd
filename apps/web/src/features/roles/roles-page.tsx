'use client';

import { endpoints, type RoleView } from '@loopstart/contracts';
import { PERMISSIONS } from '@loopstart/domain';
import { Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/roles.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { CopyList, publishedRolesQuery } from '../ownership/index.ts';
import { useRefusal, useUser } from '../session/index.ts';
import { rolesQuery } from './queries.ts';
import { RemoveRole } from './remove-role.tsx';
import { RoleCard } from './role-card.tsx';
import { copyOf, draftOf, emptyDraft, type RoleDraft } from './role-draft.ts';
import { RoleEditor } from './role-editor.tsx';

type Editing = { id: string | null; title: string; draft: RoleDraft };

/** Settings → Roles: the built-in roles, those of the operator, and what each may do. */
export function RolesPage() {
  const mayNotSee = useRefusal('roles.read');
  const mayNotChange = useRefusal('roles.write');
  const own = useUser();
  const [editing, setEditing] = useState<Editing | null>(null);
  const add = (
    <Button
      look="primary"
      disabledReason={mayNotChange}
      icon={<Plus aria-hidden="true" className="size-4" />}
      onClick={() => setEditing({ id: null, title: t('createTitle'), draft: emptyDraft(own) })}
    >
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={add} />
      {mayNotSee === null ? (
        <List onEdit={setEditing} />
      ) : (
        <Empty icon={<Lock />} title={t('notAllowedTitle')}>
          {mayNotSee}
        </Empty>
      )}
      {editing !== null && <RoleEditor {...editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function Shared() {
  const { data, error, refetch } = useQuery(publishedRolesQuery());
  const items = data?.items.map((role) => ({
    ...role,
    name: role.title,
    about: t('someRights', { count: role.permissions.length, all: Object.keys(PERMISSIONS).length }),
  }));
  const copy = (publicationId: string, name: string) =>
    call(endpoints.copyPublishedRole, { params: { publicationId }, body: { name } });
  return <CopyList items={items} error={error} retry={refetch} refusal={useRefusal('roles.write')} copy={copy} />;
}

function List({ onEdit }: { onEdit: (editing: Editing) => void }) {
  const own = useUser();
  const roles = useQuery(rolesQuery());
  const [removing, setRemoving] = useState<RoleView | null>(null);
  if (roles.data === undefined) {
    if (roles.error !== null) return <Failure error={roles.error} retry={roles.refetch} />;
    return (
      <Loading what={t('loading')} className="flex flex-col gap-3">
        <Bone className="h-40" />
        <Bone className="h-40" />
      </Loading>
    );
  }
  const card = (role: RoleView) => (
    <RoleCard
      key={role.id}
      role={role}
      onCopy={() => onEdit({ id: null, title: t('createTitle'), draft: copyOf(role, own) })}
      onEdit={() => onEdit({ id: role.id, title: t('editTitle', { title: role.title }), draft: draftOf(role) })}
      onRemove={() => setRemoving(role)}
    />
  );
  const mine = roles.data.items.filter((role) => role.own && role.ownership === 'owned');
  const locked = roles.data.items.filter(({ ownership }) => ownership === 'locked');
  return (
    <>
      <section aria-label={t('own')} className="flex flex-col gap-3">
        <h2 className="text-sm font-semibold text-ink-2">{t('own')}</h2>
        {mine.length === 0 ? (
          <p className="text-ink-2">{t('noneOwn')}</p>
        ) : (
          <ul className="flex flex-col gap-3">{mine.map(card)}</ul>
        )}
      </section>
      {locked.length > 0 && (
        <section aria-label={t('locked')} className="flex flex-col gap-3">
          <div>
            <h2 className="text-sm font-semibold text-ink-2">{t('locked')}</h2>
            <p className="text-sm text-ink-2">{t('lockedAbout')}</p>
          </div>
          <ul className="flex flex-col gap-3">{locked.map(card)}</ul>
        </section>
      )}
      <Shared />
      <section aria-label={t('builtIn')} className="flex flex-col gap-3">
        <h2 className="text-sm font-semibold text-ink-2">{t('builtIn')}</h2>
        <ul className="flex flex-col gap-3">{roles.data.items.filter((role) => !role.own).map(card)}</ul>
      </section>
      {removing !== null && <RemoveRole role={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}
