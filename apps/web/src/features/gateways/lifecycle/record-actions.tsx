'use client';

import type { Gateway } from '@loopstart/contracts';
import { Archive, GitMerge, Replace } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useRefusal } from '../../session/index.ts';
import { RetireDialog } from './retire-dialog.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';
import { t } from '../../../messages/gateways.ts';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;

/** Taking a gateway out of service, and putting another in its place; not offered for one that is out already. */
export function RecordActions({ gateway }: { gateway: Gateway }) {
  const replaceRefusal = useRefusal('gateways.replace');
  const retireRefusal = useRefusal('gateways.retire');
  const [open, setOpen] = useState<'replace' | 'merge' | 'retire' | null>(null);
  if (gateway.retired !== null) return null;
  return (
    <>
      <Button
        look="quiet"
        icon={<Replace {...ICON} />}
        disabledReason={replaceRefusal}
        onClick={() => setOpen('replace')}
      >
        {t('replace')}
      </Button>
      <Button
        look="quiet"
        icon={<GitMerge {...ICON} />}
        disabledReason={replaceRefusal}
        onClick={() => setOpen('merge')}
      >
        {t('merge')}
      </Button>
      <Button
        look="quiet"
        icon={<Archive {...ICON} />}
        disabledReason={retireRefusal}
        onClick={() => setOpen('retire')}
      >
        {t('retire')}
      </Button>
      {(open === 'replace' || open === 'merge') && (
        <TakeOverDialog gateway={gateway} how={open} suggested={null} open onOpenChange={() => setOpen(null)} />
      )}
      <RetireDialog gateway={gateway} open={open === 'retire'} onOpenChange={() => setOpen(null)} />
    </>
  );
}
