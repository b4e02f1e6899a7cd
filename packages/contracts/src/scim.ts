import { z } from 'zod';

/** Where SCIM is answered, below the address of the installation. */
export const SCIM_PATH = '/scim/v2';

export const SCIM_USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const SCIM_GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const OPERATIONS_MAX = 500;

const naming = (urn: string) =>
  z
    .array(z.string().max(300))
    .max(20)
    .refine((all) => all.includes(urn), { error: urn });
/** A resource as a directory sends it: its attributes are read one by one, since their names have no case. */
const resource = (urn: string) => z.looseObject({ schemas: naming(urn) });

export const ScimUserBody = resource(SCIM_USER_SCHEMA);
export const ScimGroupBody = resource(SCIM_GROUP_SCHEMA);

/** A patch (RFC 7644, section 3.5.2). Entra ID writes its operations with capitals. */
export const ScimPatchBody = z.object({
  schemas: naming(PATCH),
  Operations: z
    .array(
      z.object({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().max(1000).optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(OPERATIONS_MAX),
});

/** A query in a body (section 3.4.3). */
export const ScimSearchBody = z.object({
  schemas: naming(SEARCH),
  attributes: z.array(z.string()).optional(),
  excludedAttributes: z.array(z.string()).optional(),
  filter: z.string().optional(),
  startIndex: z.int().optional(),
  count: z.int().optional(),
});
