'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { t } from '../messages/common.ts';

/** A dialog: a window on a desk, a sheet from below on a phone. Focus goes in, stays in, and comes back. */
export function Dialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  /** A question that has to be answered: pressing beside it does not close it. */
  alert?: boolean;
}) {
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange} disablePointerDismissal={props.alert ?? false}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          role={props.alert ? 'alertdialog' : 'dialog'}
          className={cx(
            'fixed z-40 flex max-h-[92dvh] flex-col bg-raised text-ink shadow-raised outline-none transition duration-150',
            'inset-x-0 bottom-0 rounded-t-lg data-ending-style:translate-y-4 data-ending-style:opacity-0 data-starting-style:translate-y-4 data-starting-style:opacity-0',
            'sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-[max(4vh,1rem)] sm:-translate-x-1/2 sm:rounded-lg sm:border sm:border-line',
            props.wide ? 'sm:w-[min(46rem,calc(100vw-2rem))]' : 'sm:w-[min(30rem,calc(100vw-2rem))]',
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold">{props.title}</Base.Title>
              {props.description !== undefined && (
                <Base.Description render={<div />} className="mt-0.5 text-sm text-ink-2">
                  {props.description}
                </Base.Description>
              )}
            </div>
            <Base.Close
              aria-label={t('close')}
              className="-mr-2 -mt-1 grid size-9 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-3">{props.children}</div>
          {props.footer !== undefined && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
              {props.footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
