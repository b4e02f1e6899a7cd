import type { LibraryObject } from '@loopstart/contracts';
import { t } from '../../messages/library.ts';

/** Who uses an object, in counts. */
export function usesWords({ mode, object, uses }: Pick<LibraryObject, 'mode' | 'object' | 'uses'>): string {
  const copies = t('copies', { count: uses.copies });
  if (mode === 'shared') return copies;
  const inForce = t('inForce', { count: uses.inForce });
  return object.kind === 'role' ? `${inForce}, ${t('members', { count: uses.members })}` : inForce;
}
