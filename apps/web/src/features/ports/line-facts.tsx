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
import { useRoleRefusal } from '../session/index.ts';
import { PortForm } from './port-form.tsx';

const SIGNALLING_WORDS = {
  'loop-start': 'Loop start',
  'ground-start': 'Ground start',
  'polarity-reversal': 'Polarity reversal',
} as const;

/** What hangs on the line, and how the port is set up as the gateway tells it. */
export function LineFacts({ port }: { port: Port }) {
  const refusal = useRoleRefusal('technician');
  const [editing, setEditing] = useState(false);
  const told = (field: string, value: string | null) =>
    value ?? (
      <Absent
        spelled
        why={port.nulls[field] === undefined ? 'the gateway does not tell it' : nullWords(port.nulls[field])}
      />
    );
  return (
    <Section
      title="The line"
      actions={
        <Button
          size="sm"
          look="quiet"
          icon={<Pencil aria-hidden="true" className="size-3.5" />}
          disabledReason={refusal}
          onClick={() => setEditing(true)}
        >
          Edit
        </Button>
      }
    >
      <Facts
        items={[
          [
            'Plugged in',
            <span key="device" className="inline-flex items-center gap-1.5">
              <LineDeviceIcon device={port.lineDeviceClass} className="size-4 text-ink-3" />
              {LINE_DEVICE_WORDS[port.lineDeviceClass]}
            </span>,
          ],
          ['Number', port.number ?? <Absent key="none" spelled why="none given" />],
          ['Label', port.label ?? <Absent key="none" spelled why="none given" />],
          ['Name on the gateway', port.name ?? <Absent key="none" spelled why="none" />],
          ['Kind', KIND_WORDS[port.kind]],
          ['Signalling', told('signalling', port.signalling === null ? null : SIGNALLING_WORDS[port.signalling])],
          ['Impedance', told('impedance', port.impedance)],
          ['Country profile', told('countryProfile', port.countryProfile)],
          ['Codecs', told('codecs', port.codecs === null ? null : port.codecs.join(', '))],
          ['Fax over IP (T.38)', told('t38', port.t38 === null ? null : port.t38 ? 'Yes' : 'No')],
        ]}
      />
      <PortForm port={port} open={editing} onClose={() => setEditing(false)} />
    </Section>
  );
}
