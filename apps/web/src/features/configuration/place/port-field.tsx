'use client';

import { query } from '../../../lib/api/query.ts';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/configuration.ts';
import { ChoiceField } from '../../../ui/field.tsx';

/** One port of a gateway; undefined where none is chosen. */
export function PortField(props: {
  gatewayId: string;
  position: number | undefined;
  onChange: (position: string | undefined) => void;
}) {
  const { gatewayId, position, onChange } = props;
  const gateway = useQuery(query('getGateway', { params: { gatewayId } })).data;
  return (
    <ChoiceField
      label={t('port')}
      name="position"
      value={position ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{common('chooseOne')}</option>
      {(gateway?.portList ?? []).map((port) => (
        <option key={port.position} value={port.position}>
          {t('portChoice', { position: port.position, what: port.label ?? port.number ?? '' })}
        </option>
      ))}
    </ChoiceField>
  );
}
