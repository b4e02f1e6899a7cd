import type { HookState, RegistrationState } from '@loopstart/domain';
import { textOf } from '../../engine/codecs.ts';

/** hookStatusN as recorded ('On Hook') and as a field template has it ('Off Hook'). */
export const hookText = textOf<HookState>({ 'On Hook': 'on-hook', 'Off Hook': 'off-hook' });

/** regStatusN as recorded. */
export const registrationText = textOf<RegistrationState>({
  Registered: 'registered',
  'Not Registered': 'unregistered',
});
