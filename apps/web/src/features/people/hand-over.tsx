'use client';

import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export interface Link {
  url: string;
  email: string;
}

/** The link of an invitation that no mail carries: shown once. */
export function HandOver({ link, onClose }: { link: Link; onClose: () => void }) {
  return (
    <Dialog
      open
      alert
      onOpenChange={onClose}
      title={t('handOver')}
      description={t('handOverAbout', { email: link.email })}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1.5 text-sm break-all">{link.url}</code>
        <CopyButton text={link.url} what={t('theLink')} />
      </div>
    </Dialog>
  );
}
