'use client';

import { EDITABLE_SETTING_LAYERS, type EditableSettingLayer } from '@loopstart/domain';
import { useQuery } from '../../../lib/api/use-query.ts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/configuration.ts';
import { t as common } from '../../../messages/common.ts';
import { ChoiceField } from '../../../ui/field.tsx';
import { SubjectField } from '../../matching/index.ts';
import type { PlaceParts } from './place.ts';
import { PortField } from './port-field.tsx';

type Change = Partial<Record<keyof PlaceParts, string | undefined>>;

const NOWHERE: Change = {
  customerId: undefined,
  siteId: undefined,
  vendor: undefined,
  model: undefined,
  gatewayId: undefined,
  position: undefined,
};

/** Chooses where settings are made, from the operator down to one port. */
export function PlacePicker({ parts, onChange }: { parts: PlaceParts; onChange: (change: Change) => void }) {
  const layer = parts.layer ?? 'operator';
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <ChoiceField
        label={t('place')}
        name="layer"
        value={layer}
        onChange={(event) => onChange({ ...NOWHERE, layer: event.target.value })}
      >
        {EDITABLE_SETTING_LAYERS.map((one) => (
          <option key={one} value={one}>
            {t.group('layers')[one]}
          </option>
        ))}
      </ChoiceField>
      <Which layer={layer} parts={parts} onChange={onChange} />
    </div>
  );
}

function Which(props: { layer: EditableSettingLayer; parts: PlaceParts; onChange: (change: Change) => void }) {
  const { layer, parts, onChange } = props;
  switch (layer) {
    case 'operator':
      return null;
    case 'customer':
      return (
        <SubjectField
          kind="customer"
          legend={t('customer')}
          name="customerId"
          value={parts.customerId ?? ''}
          onChange={(customerId) => onChange({ customerId })}
        />
      );
    case 'site':
      return (
        <SubjectField
          kind="site"
          legend={t('site')}
          name="siteId"
          value={parts.siteId ?? ''}
          onChange={(siteId) => onChange({ siteId })}
        />
      );
    case 'gateway-model':
      return <ModelField {...{ parts, onChange }} />;
    case 'gateway':
    case 'port':
      return (
        <>
          <SubjectField
            kind="gateway"
            legend={t('gateway')}
            name="gatewayId"
            value={parts.gatewayId ?? ''}
            onChange={(gatewayId) => onChange({ gatewayId, position: undefined })}
          />
          {layer === 'port' && parts.gatewayId !== undefined && (
            <PortField
              gatewayId={parts.gatewayId}
              position={parts.position}
              onChange={(position) => onChange({ position })}
            />
          )}
        </>
      );
  }
}

/** Models that gateways of the fleet have. */
function ModelField({ parts, onChange }: { parts: PlaceParts; onChange: (change: Change) => void }) {
  const vendors = useQuery(query('getGatewayFacet', { query: { facet: 'vendor' } })).data?.values ?? [];
  const models = useQuery({
    ...query('getGatewayFacet', { query: { facet: 'model', ...(parts.vendor && { vendor: [parts.vendor] }) } }),
    enabled: parts.vendor !== undefined,
  });
  return (
    <>
      <ChoiceField
        label={t('vendor')}
        name="vendor"
        value={parts.vendor ?? ''}
        onChange={(event) => onChange({ vendor: event.target.value || undefined, model: undefined })}
      >
        <option value="">{common('chooseOne')}</option>
        {vendors.map(({ value }) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </ChoiceField>
      {parts.vendor !== undefined && (
        <ChoiceField
          label={t('model')}
          name="model"
          value={parts.model ?? ''}
          onChange={(event) => onChange({ model: event.target.value || undefined })}
        >
          <option value="">{common('chooseOne')}</option>
          {(models.data?.values ?? []).map(({ value }) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </ChoiceField>
      )}
    </>
  );
}
