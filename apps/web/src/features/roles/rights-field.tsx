'use client';

import { type PermissionName, PERMISSIONS, WHOLE_OPERATOR_ONLY } from '@loopstart/domain';
import { useId } from 'react';
import { t } from '../../messages/roles.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { RIGHTS_BY_AREA } from './areas.ts';

interface Props {
  value: readonly PermissionName[];
  /** The rights that the person has: no others can be given. */
  offered: readonly PermissionName[];
  onChange: (value: PermissionName[]) => void;
  error?: string | undefined;
}

/** Rights by area, as boxes to tick, with one box for each whole area. */
export function RightsField({ value, offered, onChange, error }: Props) {
  const id = useId();
  const without = (rights: readonly PermissionName[]) => value.filter((one) => !rights.includes(one));
  return (
    <fieldset
      data-field="permissions"
      tabIndex={-1}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      className="flex min-w-0 flex-col gap-2 outline-none"
    >
      <legend className="mb-1 text-sm font-medium">{t('rights')}</legend>
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-critical">
          {error}
        </p>
      )}
      {RIGHTS_BY_AREA.map(({ area, title, rights }) => {
        const mine = rights.filter((one) => offered.includes(one));
        const given = mine.filter((one) => value.includes(one));
        if (mine.length === 0) return null;
        return (
          <details key={area} className="rounded-md border border-line px-3 py-1.5">
            <summary className="min-h-8 cursor-pointer rounded-sm py-1">
              {t('areaCount', { area: title, count: given.length, all: mine.length })}
            </summary>
            <CheckField
              checked={given.length === mine.length}
              label={<span className="font-medium">{t('allOf', { area: title })}</span>}
              onChange={(on) => onChange([...without(mine), ...(on ? mine : [])])}
            />
            {mine.map((one) => (
              <CheckField
                key={one}
                checked={value.includes(one)}
                label={
                  <span>
                    {PERMISSIONS[one]}
                    {WHOLE_OPERATOR_ONLY.has(one) && <span className="text-sm text-ink-3"> ({t('wholeOnly')})</span>}
                  </span>
                }
                onChange={(on) => onChange([...without([one]), ...(on ? [one] : [])])}
              />
            ))}
          </details>
        );
      })}
    </fieldset>
  );
}
