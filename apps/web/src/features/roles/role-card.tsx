'use client';

import type { RoleView } from '@loopstart/contracts';
import { PERMISSIONS, WHOLE_OPERATOR_ONLY } from '@loopstart/domain';
import { t } from '../../messages/roles.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { lockedReason, OwnershipTag } from '../ownership/index.ts';
import { useRefusal, useUser } from '../session/index.ts';
import { RIGHTS_BY_AREA } from './areas.ts';
import { beyond } from './role-draft.ts';
import { WhoHasIt } from './who-has-it.tsx';

interface Props {
  role: RoleView;
  onCopy: () => void;
  onEdit: () => void;
  onRemove: () => void;
}

/** One role: for whom it is, what it may do, and who has it. */
export function RoleCard({ role, ...acts }: Props) {
  return (
    <li className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 pt-3">
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="flex flex-wrap items-center gap-x-2 font-semibold wrap-anywhere">
            {role.title}
            <OwnershipTag {...role} />
          </h3>
          {role.about !== null && <p className="text-sm text-ink-2">{role.about}</p>}
        </div>
        <Acts role={role} {...acts} />
      </div>
      <div className="flex flex-col gap-3 px-4 pt-3 pb-4">
        <Facts
          columns={3}
          items={[
            [t('who'), <WhoHasIt key="who" role={role} />],
            [t('atOnce'), linesWords(role.maxLinesAtOnce)],
            [t('where'), role.limitedOnly ? t('limitedOnly') : t('anywhere')],
            [t('mayDo'), <Rights key="rights" role={role} />],
          ]}
        />
      </div>
    </li>
  );
}

function Acts({ role, onCopy, onEdit, onRemove }: Props) {
  const refusal = useRefusal('roles.write');
  const tooMuch = beyond(role, useUser());
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" disabledReason={refusal} onClick={onCopy}>
        {t('copy')}
      </Button>
      {role.own && (
        <>
          <Button size="sm" disabledReason={lockedReason(role, 'change') ?? refusal ?? tooMuch} onClick={onEdit}>
            {t('edit')}
          </Button>
          <Button
            size="sm"
            disabledReason={
              lockedReason(role, 'delete') ??
              refusal ??
              tooMuch ??
              (role.members > 0 ? t('inUse', { count: role.members }) : null)
            }
            onClick={onRemove}
          >
            {t('remove')}
          </Button>
        </>
      )}
    </div>
  );
}

function linesWords(lines: number | null): string {
  if (lines === null) return t('anyNumber');
  return lines === 0 ? t('readsOnly') : t('upToLines', { count: lines });
}

function Rights({ role }: { role: RoleView }) {
  const all = Object.keys(PERMISSIONS).length;
  const count = role.permissions.length;
  return (
    <details>
      <summary className="cursor-pointer rounded-sm">
        {count === all ? t('allRights') : t('someRights', { count, all })}
      </summary>
      <ul className="mt-2 flex flex-col gap-2 text-sm">
        {RIGHTS_BY_AREA.map(({ area, title, rights }) => {
          const given = rights.filter((one) => role.permissions.includes(one));
          return (
            given.length > 0 && (
              <li key={area}>
                <p className="font-medium">
                  {t('areaCount', { area: title, count: given.length, all: rights.length })}
                </p>
                <ul className="list-disc pl-5 text-ink-2">
                  {given.map((one) => (
                    <li key={one}>
                      {PERMISSIONS[one]}
                      {WHOLE_OPERATOR_ONLY.has(one) && <span className="text-ink-3"> ({t('wholeOnly')})</span>}
                    </li>
                  ))}
                </ul>
              </li>
            )
          );
        })}
      </ul>
    </details>
  );
}
