'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { IconButton } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { WeekdayField } from '../../ui/weekday-field.tsx';
import { MembersField } from './members-field.tsx';
import type { LayerDraft } from './schedule-form.ts';

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
        <h3 className="mr-auto font-medium">Layer {index + 1}</h3>
        {index > 0 && (
          <IconButton
            label={`Move layer ${index + 1} up`}
            icon={<ArrowUp aria-hidden="true" className={icon} />}
            onClick={() => props.onMove(-1)}
          />
        )}
        {!props.isLast && (
          <IconButton
            label={`Move layer ${index + 1} down`}
            icon={<ArrowDown aria-hidden="true" className={icon} />}
            onClick={() => props.onMove(1)}
          />
        )}
        {props.onRemove !== null && (
          <IconButton
            label={`Remove layer ${index + 1}`}
            icon={<Trash2 aria-hidden="true" className={icon} />}
            onClick={props.onRemove}
          />
        )}
      </div>
      <div className="grid gap-4 px-3 py-3 sm:grid-cols-2">
        <TextField
          label="Name"
          name={`${path}.name`}
          value={layer.name}
          onChange={(event) => onChange({ name: event.target.value })}
          error={errors[`${path}.name`]}
        />
        <ChoiceField
          label="A turn lasts"
          name={`${path}.turn`}
          value={layer.turn}
          onChange={(event) => onChange({ turn: event.target.value as LayerDraft['turn'] })}
          error={errors[`${path}.turn`]}
        >
          <option value="day">a day</option>
          <option value="week">a week</option>
          <option value="two-weeks">two weeks</option>
        </ChoiceField>
        <div className="row-span-2">
          <MembersField
            name={`${path}.userIds`}
            value={layer.userIds}
            onChange={(userIds) => onChange({ userIds })}
            error={errors[`${path}.userIds`] === undefined ? undefined : 'Choose at least one person.'}
          />
        </div>
        <TextField
          label="First turn begins on"
          name={`${path}.startsOn`}
          type="date"
          value={layer.startsOn}
          onChange={(event) => onChange({ startsOn: event.target.value })}
          error={errors[`${path}.startsOn`] === undefined ? undefined : 'Choose a day.'}
        />
        <TextField
          label="They hand over at"
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
            label="Only at certain hours"
          />
          {layer.limited && (
            <div className="grid gap-4 border-l-2 border-line pl-4 sm:grid-cols-[auto_7rem_7rem]">
              <WeekdayField
                legend="On"
                name={`${path}.only.weekdays`}
                value={layer.weekdays}
                onChange={(weekdays) => onChange({ weekdays })}
                error={errors[`${path}.only.weekdays`]}
              />
              <TextField
                label="From"
                name={`${path}.only.from`}
                type="time"
                value={layer.from}
                onChange={(event) => onChange({ from: event.target.value })}
                error={errors[`${path}.only.from`]}
              />
              <TextField
                label="Until"
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
