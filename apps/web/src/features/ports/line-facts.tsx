'use client';

import type { Port } from '@loopstart/contracts';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { KIND_WORDS, LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { nullWords } from '../../lib/words/nulls.ts';
import { Absent } from '../../ui/absent.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';
import { Section } from '../../ui/section.tsx';
import { useRefusal } from '../session/index.ts';
import { PortForm } from './port-form.tsx';
import { t } from '../../messages/ports.ts';
import { t as common } from '../../messages/common.ts';

const SIGNALLING_WORDS = t.group('signalling');

/** What hangs on the line, and how the port is set up as the gateway tells it. */
export function LineFacts({ port }: { port: Port }) {
  const refusal = useRefusal('ports.write');
  const [editing, setEditing] = useState(false);
  const told = (field: string, value: string | null) =>
    value ?? (
      <Absent spelled why={port.nulls[field] === undefined ? t('gatewayNotReport') : nullWords(port.nulls[field])} />
    );
  return (
    <Section
      title={t('line')}
      actions={
        <Button
          size="sm"
          look="quiet"
          icon={<Pencil aria-hidden="true" className="size-3.5" />}
          disabledReason={refusal}
          onClick={() => setEditing(true)}
        >
          {common('edit')}
        </Button>
      }
    >
      <Facts
        items={[
          [
            t('lineDevice'),
            <span key="device" className="inline-flex items-center gap-1.5">
              <LineDeviceIcon device={port.lineDeviceClass} className="size-4 text-ink-3" />
              {LINE_DEVICE_WORDS[port.lineDeviceClass]}
            </span>,
          ],
          [t('number'), port.number ?? <Absent key="none" spelled why={t('noneEntered')} />],
          [t('label'), port.label ?? <Absent key="none" spelled why={t('noneEntered')} />],
          [t('nameGateway'), port.name ?? <Absent key="none" spelled why={t('none')} />],
          [t('kind'), KIND_WORDS[port.kind]],
          [t('signalling2'), told('signalling', port.signalling === null ? null : SIGNALLING_WORDS[port.signalling])],
          [t('impedance'), told('impedance', port.impedance)],
          [t('countryProfile'), told('countryProfile', port.countryProfile)],
          [t('codecs'), told('codecs', port.codecs === null ? null : port.codecs.join(', '))],
          [t('faxOverIpT'), told('t38', port.t38 === null ? null : port.t38 ? t('yes') : t('no'))],
        ]}
      />
      <PortForm port={port} open={editing} onClose={() => setEditing(false)} />
    </Section>
  );
}
