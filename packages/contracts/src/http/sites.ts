import { SEVERITIES, SITE_TAGS_MAX } from '@loopstart/domain';
import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, timeZone } from './fields.ts';
import { name } from './input-fields.ts';
import { Facet, list, paging, search, someIds, someNames, someOf, sortedBy } from './list.ts';
import { site } from './params.ts';
import { PortCounts } from './ports.ts';
import { Tag } from './rights.ts';

/** The cloud probes this address when an agent of the site goes silent, to find out whether the site answers. */
const probeAddress = z
  .string()
  .trim()
  .max(260)
  .regex(/^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+):[1-9]\d{0,4}$/i, 'host and port such as gw.example.com:443')
  .nullable();

/** Tags of a site, each once, in the order of the alphabet. */
export const SiteTags = z
  .array(Tag)
  .max(SITE_TAGS_MAX)
  .transform((tags) => [...new Set(tags)].toSorted());

export const SiteInput = z.object({
  customerId: Id,
  name,
  timeZone,
  address: z.string().trim().max(500).default(''),
  /** Dispatchable location for emergency calls: building, floor, room. */
  emergencyLocation: z.string().trim().max(500).default(''),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  longitude: z.number().min(-180).max(180).nullable().default(null),
  probeAddress: probeAddress.optional(),
  tags: SiteTags.optional().describe('Needs the right to tag sites'),
});

export const Site = z
  .object({
    id: Id,
    customer: z.object({ id: Id, name: z.string() }),
    name: z.string(),
    timeZone: z.string(),
    address: z.string(),
    emergencyLocation: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    probeAddress: z.string().nullable(),
    tags: z.array(z.string()),
    agentCount: z.int(),
    agentsOnline: z.int(),
    gatewayCount: z.int(),
    ports: PortCounts,
    worst: z.enum(SEVERITIES),
  })
  .meta({ id: 'Site' });
export type Site = z.infer<typeof Site>;

/** Columns of the list of sites: each can be sorted by and exported. */
export const SITE_COLUMNS = [
  'name',
  'worst',
  'ports',
  'gateways',
  'agents',
  'customer',
  'address',
  'zone',
  'tags',
] as const;
export type SiteColumn = (typeof SITE_COLUMNS)[number];

/** How many of the agents of a site are in contact; revoked ones do not count. */
export const SITE_CONTACT = ['all', 'some', 'none', 'no-agent'] as const;

const filters = {
  ...search,
  customerId: someIds,
  worst: someOf(SEVERITIES),
  contact: someOf(SITE_CONTACT),
  tag: someNames,
};

/** Filters of sites of which the values are counted. */
export const SITE_FACETS = ['customerId', 'worst', 'contact', 'tag'] as const;
export type SiteFacet = (typeof SITE_FACETS)[number];

/** One repeated parameter for each tag; none of them is a site without tags. */
const someTags = z
  .preprocess((given) => (typeof given === 'string' ? [given] : given), SiteTags)
  .optional()
  .describe('The tags that the site would have');
/** How many would not see the site any more, and how many would see it then. */
const Effects = z.object({ losing: z.int(), gaining: z.int() });

export const siteEndpoints = {
  listSites: endpoint({
    id: 'listSites',
    method: 'GET',
    path: '/api/v1/sites',
    permission: 'sites.read',
    summary: 'List sites',
    query: z.object({ ...filters, sort: sortedBy(SITE_COLUMNS), ...paging }),
    response: list(Site),
  }),
  getSiteFacet: endpoint({
    id: 'getSiteFacet',
    method: 'GET',
    path: '/api/v1/sites/facets',
    permission: 'sites.read',
    summary: 'Count sites by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(SITE_FACETS) }),
    response: Facet,
  }),
  exportSites: csvEndpoint({
    id: 'exportSites',
    path: '/api/v1/sites/export',
    permission: 'sites.read',
    summary: 'Export the sites that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(SITE_COLUMNS), columns: someOf(SITE_COLUMNS) }),
  }),
  createSite: endpoint({
    id: 'createSite',
    method: 'POST',
    path: '/api/v1/sites',
    permission: 'sites.write',
    summary: 'Create a site',
    body: SiteInput,
    response: Site,
    status: 201,
  }),
  getSite: endpoint({
    id: 'getSite',
    method: 'GET',
    path: '/api/v1/sites/:siteId',
    permission: 'sites.read',
    summary: 'Get a site',
    params: site,
    response: Site,
  }),
  updateSite: endpoint({
    id: 'updateSite',
    method: 'PATCH',
    path: '/api/v1/sites/:siteId',
    permission: 'sites.write',
    summary: 'Update a site',
    params: site,
    body: z
      .object({
        name: SiteInput.shape.name,
        timeZone: SiteInput.shape.timeZone,
        address: z.string().trim().max(500),
        emergencyLocation: z.string().trim().max(500),
        probeAddress: SiteInput.shape.probeAddress,
        latitude: z.number().min(-90).max(90).nullable(),
        longitude: z.number().min(-180).max(180).nullable(),
      })
      .partial(),
    response: Site,
  }),
  setSiteTags: endpoint({
    id: 'setSiteTags',
    method: 'PUT',
    path: '/api/v1/sites/:siteId/tags',
    permission: 'sites.tag',
    summary: 'Set the tags of a site; people and tokens limited to a tag see the sites that have it',
    params: site,
    body: z.object({ tags: SiteTags }),
    response: Site,
  }),
  getSiteTagEffects: endpoint({
    id: 'getSiteTagEffects',
    method: 'GET',
    path: '/api/v1/sites/:siteId/tags/effects',
    permission: 'sites.tag',
    summary: 'Count who would lose and who would get a site with these tags',
    params: site,
    query: z.object({ tag: someTags }),
    response: z.object({ people: Effects, invitations: Effects, tokens: Effects }),
  }),
  deleteSite: endpoint({
    id: 'deleteSite',
    method: 'DELETE',
    path: '/api/v1/sites/:siteId',
    permission: 'sites.delete',
    summary: 'Delete a site that has no gateways in service and no agents',
    params: site,
  }),
} as const;
