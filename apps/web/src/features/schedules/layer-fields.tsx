'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { IconButton } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { WeekdayField } from '../../ui/weekday-field.tsx';
import { MembersField } from './members-field.tsx';
import type { LayerDraft } from './schedule-form.ts';
import { t } from '../../messages/schedules.ts';
import { t as common } from '../../messages/common.ts';

/** One layer: who takes turns, how long, and at which hours. */
export function LayerFields(props: {
  layer: LayerDraft;
  index: number;
  isLast: boolean;
  errors: FieldErrors;
  onChange: (part: Partial<LayerDraft>) => void;
  onRemove: (() => void) | null;
  onMove: (by: -1 | 1) => void;
}) {
  const { layer, index, errors, onChange } = props;
  const path = `layers.${index}`;
  const icon = 'size-4';
  return (
    <fieldset className="rounded-md border border-line">
      <legend className="sr-only">{layer.name}</legend>
      <div className="flex items-center gap-1 border-b border-line py-1 pr-1 pl-3">
        <h3 className="mr-auto font-medium">{t('layerN', { index: index + 1 })}</h3>
        {index > 0 && (
          <IconButton
            label={t('moveLayerUp', { index: index + 1 })}
            icon={<ArrowUp aria-hidden="true" className={icon} />}
            onClick={() => props.onMove(-1)}
          />
        )}
        {!props.isLast && (
          <IconButton
            label={t('moveLayerDown', { index: index + 1 })}
            icon={<ArrowDown aria-hidden="true" className={icon} />}
            onClick={() => props.onMove(1)}
          />
        )}
        {props.onRemove !== null && (
          <IconButton
            label={t('removeLayer', { index: index + 1 })}
            icon={<Trash2 aria-hidden="true" className={icon} />}
            onClick={props.onRemove}
          />
        )}
      </div>
      <div className="grid gap-4 px-3 py-3 sm:grid-cols-2">
        <TextField
          label={common('name')}
          name={`${path}.name`}
          value={layer.name}
          onChange={(event) => onChange({ name: event.target.value })}
          error={errors[`${path}.name`]}
        />
        <ChoiceField
          label={t('lengthTurn')}
          name={`${path}.turn`}
          value={layer.turn}
          onChange={(event) => onChange({ turn: event.target.value as LayerDraft['turn'] })}
          error={errors[`${path}.turn`]}
        >
          <option value="day">{t('aDay')}</option>
          <option value="week">{t('aWeek')}</option>
          <option value="two-weeks">{t('twoWeeks')}</option>
        </ChoiceField>
        <div className="row-span-2">
          <MembersField
            name={`${path}.userIds`}
            value={layer.userIds}
            onChange={(userIds) => onChange({ userIds })}
            error={errors[`${path}.userIds`] === undefined ? undefined : t('chooseLeastOnePerson')}
          />
        </div>
        <TextField
          label={t('firstTurnBegins')}
          name={`${path}.startsOn`}
          type="date"
          value={layer.startsOn}
          onChange={(event) => onChange({ startsOn: event.target.value })}
          error={errors[`${path}.startsOn`] === undefined ? undefined : t('chooseADay')}
        />
        <TextField
          label={t('handOverAt')}
          name={`${path}.handOverAt`}
          type="time"
          value={layer.handOverAt}
          onChange={(event) => onChange({ handOverAt: event.target.value })}
          error={errors[`${path}.handOverAt`]}
        />
        <div className="flex flex-col gap-3 sm:col-span-2">
          <CheckField
            checked={layer.limited}
            onChange={(limited) => onChange({ limited })}
            label={t('onlyCertainHours')}
          />
          {layer.limited && (
            <div className="grid gap-4 border-l-2 border-line pl-4 sm:grid-cols-[auto_7rem_7rem]">
              <WeekdayField
                legend={t('on')}
                name={`${path}.only.weekdays`}
                value={layer.weekdays}
                onChange={(weekdays) => onChange({ weekdays })}
                error={errors[`${path}.only.weekdays`]}
              />
              <TextField
                label={t('from')}
                name={`${path}.only.from`}
                type="time"
                value={layer.from}
                onChange={(event) => onChange({ from: event.target.value })}
                error={errors[`${path}.only.from`]}
              />
              <TextField
                label={t('until')}
                name={`${path}.only.to`}
                type="time"
                value={layer.to}
                onChange={(event) => onChange({ to: event.target.value })}
                error={errors[`${path}.only.to`]}
              />
            </div>
          )}
        </div>
      </div>
    </fieldset>
  );
}
