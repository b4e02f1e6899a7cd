'use client';

import { ChevronDown, ChevronUp, ExternalLink, X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { isCovered, isTyping } from '../../lib/keyboard.ts';
import { t } from '../../messages/grid.ts';
import { buttonClass } from '../button-class.ts';
import { IconButton } from '../button.tsx';
import { cx } from '../cx.ts';

/** One row in detail beside its list, so that a list is worked through without leaving it. Escape closes it. */
export function SidePanel(props: {
  name: string;
  /** The page of the row; without one the panel is shown on a phone, too. */
  href: string | undefined;
  onClose: () => void;
  onMove: (step: 1 | -1) => void;
  children: ReactNode;
}) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event.target) || isCovered()) return;
    event.preventDefault();
    props.onClose();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (
    <aside
      aria-label={t('panel', { name: props.name })}
      className={cx(
        'fixed top-14 right-0 bottom-0 z-20 flex w-[26rem] max-w-full flex-col border-l border-line bg-raised shadow-raised',
        props.href !== undefined && 'max-lg:hidden',
      )}
    >
      <div className="flex items-center gap-1 border-b border-line py-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{props.name}</h2>
        <IconButton
          size="sm"
          label={t('previous')}
          icon={<ChevronUp aria-hidden="true" className="size-4" />}
          onClick={() => props.onMove(-1)}
        />
        <IconButton
          size="sm"
          label={t('next')}
          icon={<ChevronDown aria-hidden="true" className="size-4" />}
          onClick={() => props.onMove(1)}
        />
        {props.href !== undefined && (
          <Link href={props.href} className={buttonClass('plain', 'sm')}>
            <ExternalLink aria-hidden="true" className="size-3.5" />
            {t('openPage')}
          </Link>
        )}
        <IconButton
          size="sm"
          label={t('close')}
          icon={<X aria-hidden="true" className="size-4" />}
          onClick={props.onClose}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{props.children}</div>
    </aside>
  );
}
