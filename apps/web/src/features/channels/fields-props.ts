import type { FieldErrors } from '../../lib/forms/issues.ts';
import type { ChannelDraft } from './channel-form.ts';

/** What the fields of every kind of channel are given. */
export interface FieldsProps {
  draft: ChannelDraft;
  onChange: (part: Partial<ChannelDraft>) => void;
  errors: FieldErrors;
  /** Where messages may go besides the public internet. */
  alsoAllowed: readonly string[];
  /** A channel that exists: its secrets are kept unless replaced. */
  stored: boolean;
}
