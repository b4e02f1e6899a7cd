import type { ScimType } from '@loopstart/domain';

/** A refusal in the words of SCIM (RFC 7644, section 3.12). */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly scimType: ScimType | null;

  constructor(status: number, detail: string, scimType: ScimType | null = null, options: { cause?: unknown } = {}) {
    super(detail, options);
    this.status = status;
    this.scimType = scimType;
  }
}

export const noResource = (): ScimError => new ScimError(404, 'There is no such resource here.');
export const conflict = (detail: string): ScimError => new ScimError(409, detail, 'uniqueness');
