import { PAGE_MAX } from './page.ts';
import { SCIM_GROUP_SCHEMA as GROUP_SCHEMA, SCIM_USER_SCHEMA as USER_SCHEMA } from '@loopstart/contracts';

const CONFIG_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const TYPE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const SCHEMA_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
const not = { supported: false };

/** What is supported here (RFC 7643, section 5). */
export const serviceProviderConfig = (base: string) => ({
  schemas: [CONFIG_SCHEMA],
  patch: { supported: true },
  bulk: { ...not, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: PAGE_MAX },
  changePassword: not,
  sort: not,
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Token of provisioning',
      description: 'Made under Settings, Single sign-on, and sent as Authorization: Bearer.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

const type = (base: string, name: 'User' | 'Group', schema: string) => ({
  schemas: [TYPE_SCHEMA],
  id: name,
  name,
  endpoint: `/${name}s`,
  schema,
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
});
export const resourceTypes = (base: string) => [type(base, 'User', USER_SCHEMA), type(base, 'Group', GROUP_SCHEMA)];

interface Attribute {
  name: string;
  description: string;
  type?: 'string' | 'boolean' | 'complex' | 'reference';
  required?: boolean;
  exact?: boolean;
  readOnly?: boolean;
  immutable?: boolean;
  unique?: boolean;
  many?: boolean;
  parts?: Attribute[];
}

/** An attribute of a schema (RFC 7643, section 7). */
function attribute(of: Attribute): object {
  const { name, description, type: kind = 'string', parts } = of;
  return {
    name,
    type: kind,
    multiValued: of.many ?? false,
    description,
    required: of.required ?? false,
    ...(kind !== 'complex' && kind !== 'boolean' && { caseExact: of.exact ?? false }),
    mutability: of.readOnly === true ? 'readOnly' : of.immutable === true ? 'immutable' : 'readWrite',
    returned: 'default',
    uniqueness: of.unique === true ? 'server' : 'none',
    ...(kind === 'reference' && { referenceTypes: ['User', 'Group'] }),
    ...(parts !== undefined && { subAttributes: parts.map(attribute) }),
  };
}

const USER: Attribute[] = [
  { name: 'userName', description: 'The name at the directory, unique in it.', required: true, unique: true },
  { name: 'externalId', description: 'The id at the directory.', exact: true, unique: true },
  {
    name: 'name',
    description: 'The parts of the name.',
    type: 'complex',
    parts: [
      { name: 'formatted', description: 'The whole name.' },
      { name: 'familyName', description: 'The family name.' },
      { name: 'givenName', description: 'The given name.' },
    ],
  },
  { name: 'displayName', description: 'What a new member is called.' },
  { name: 'active', description: 'Whether the person may come in.', type: 'boolean' },
  {
    name: 'emails',
    description: 'Addresses; by the primary one a person is found.',
    type: 'complex',
    many: true,
    parts: [
      { name: 'value', description: 'The address.' },
      { name: 'type', description: 'Such as work.' },
      { name: 'primary', description: 'Whether it is the main one.', type: 'boolean' },
    ],
  },
  {
    name: 'groups',
    description: 'The groups of the person.',
    type: 'complex',
    many: true,
    readOnly: true,
    parts: [
      { name: 'value', description: 'The id of the group.', exact: true, readOnly: true },
      { name: '$ref', description: 'Where it is.', type: 'reference', exact: true, readOnly: true },
      { name: 'display', description: 'Its name.', readOnly: true },
      { name: 'type', description: 'Always direct.', readOnly: true },
    ],
  },
];
const GROUP: Attribute[] = [
  { name: 'displayName', description: 'The name, by which rules know the group.', required: true, unique: true },
  {
    name: 'externalId',
    description: 'The id at the directory, by which rules know it, too.',
    exact: true,
    unique: true,
  },
  {
    name: 'members',
    description: 'The people in it.',
    type: 'complex',
    many: true,
    parts: [
      { name: 'value', description: 'The id of the person.', exact: true, immutable: true },
      { name: '$ref', description: 'Where they are.', type: 'reference', exact: true, readOnly: true },
      { name: 'display', description: 'Their name.', readOnly: true },
      { name: 'type', description: 'Always User.', readOnly: true },
    ],
  },
];

const schema = (base: string, id: string, name: string, description: string, attributes: Attribute[]) => ({
  schemas: [SCHEMA_SCHEMA],
  id,
  name,
  description,
  attributes: attributes.map(attribute),
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
});

/** What is kept of people and groups, and no more than that. */
export const schemas = (base: string) => [
  schema(base, USER_SCHEMA, 'User', 'A person', USER),
  schema(base, GROUP_SCHEMA, 'Group', 'A group', GROUP),
];
