'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useAnnounce } from '../lib/announce/announcer.tsx';
import { Button } from './button.tsx';
import { t } from '../messages/common.ts';

/** Copies a text and says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    if (!(await writeClipboard(text))) {
      announce(t('notCopiedSelectCopy', { what }));
      return;
    }
    setCopied(true);
    announce(t('theWasCopied', { what }));
  };

  return (
    <Button
      size="sm"
      onClick={copy}
      icon={
        copied ? (
          <Check aria-hidden="true" className="size-3.5 text-ok" />
        ) : (
          <Copy aria-hidden="true" className="size-3.5" />
        )
      }
    >
      {copied ? t('copied') : t('copy')}
      <span className="sr-only">{t('whatIsCopied', { what })}</span>
    </Button>
  );
}

/** The clipboard interface exists on https and localhost only; elsewhere the old way still works. */
async function writeClipboard(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('readonly', '');
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
