import { refused } from '../../core/http/refuse.ts';

/** Throws `invalid-input` where another of these factors has the name. */
export function checkName(name: string, others: readonly { name: string }[]): void {
  if (others.some((one) => one.name === name)) throw refused('body.name', 'a name that no other factor of yours has');
}
