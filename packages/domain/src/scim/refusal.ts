/** Why a request is refused, in the words of RFC 7644, section 3.12. */
export const SCIM_TYPES = [
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
] as const;
export type ScimType = (typeof SCIM_TYPES)[number];

/** A patch that cannot be applied. What it would have changed stays as it was. */
export class PatchRefusal extends Error {
  override readonly name = 'PatchRefusal';
  readonly scimType: ScimType;

  constructor(scimType: ScimType, detail: string) {
    super(detail);
    this.scimType = scimType;
  }
}
