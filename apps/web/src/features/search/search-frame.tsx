import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { t } from '../../messages/shell.ts';
import { t as common } from '../../messages/common.ts';

export interface PaletteProps {
  text: string;
  onText: (text: string) => void;
  onChosen: () => void;
  input: RefObject<HTMLInputElement | null>;
}

/** The field is the same before what finds is there and after, so that nothing typed is lost between the two. */
export const SEARCH_INPUT = {
  'aria-label': t('searchPortsGatewaysSites'),
  placeholder: t('nameExtensionAddress'),
  autoComplete: 'off',
  className: 'h-12 w-full bg-transparent text-lg outline-none placeholder:text-ink-3',
} as const;

/** The top of the search: its field, and the way out. */
export function SearchFrame({ children, status }: { children: ReactNode; status?: string }) {
  return (
    <>
      <div className="flex items-center gap-2 border-b border-line pl-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
        {children}
        <Dialog.Close className="mr-2 h-8 rounded-md px-2 text-sm text-ink-2 hover:bg-hover">
          {common('close')}
        </Dialog.Close>
      </div>
      {status !== undefined && (
        <p role="status" className="px-4 py-2 text-sm text-ink-3">
          {status}
        </p>
      )}
    </>
  );
}
