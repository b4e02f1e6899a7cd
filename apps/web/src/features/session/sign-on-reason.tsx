import { SIGN_ON_REFUSALS } from '@loopstart/domain';
import { t } from '../../messages/single-sign-on.ts';

const REASONS: Readonly<Record<string, string>> = t.group('reason');

/** Why a sign-in by single sign-on failed, by the reason in the address; nothing for anything else. */
export function SignOnReason({ reason }: { reason: string | null }) {
  const known = SIGN_ON_REFUSALS.find((one) => one === reason);
  if (known === undefined) return null;
  return (
    <p role="alert" className="mb-4 rounded-md border border-critical-line bg-critical-soft px-3 py-2 text-sm">
      {REASONS[known]}
    </p>
  );
}
