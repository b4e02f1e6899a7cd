import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { endpoints } from '@loopstart/contracts';
import { inject } from 'vitest';
import { readConfig } from '../src/core/config.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import type { TestOperator } from './app.ts';
import { makeConfigurable } from './configuration.ts';
import { plantAnother, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

/** What of the configuration of gateways an operator has. */
export interface PlantedConfiguration {
  gatewayId: string;
  /** One without a deployment. */
  plainId: string;
  /** Open, with an edit. */
  draftId: string;
  editId: string;
  /** Others, to be discarded and published. */
  discardId: string;
  publishId: string;
  deploymentId: string;
  runningId: string;
  formerId: string;
  driftId: string;
  /** A gateway that a file is imported for, and the fingerprint of its preview. */
  importGatewayId: string;
  importFingerprint: string;
  /** A file with the account of a line of the gateway, and the fingerprint of its preview. */
  csv: string;
  csvFingerprint: string;
  /** The fingerprint of the plan of a document for the gateway. */
  documentFingerprint: string;
}

const ENDS = () => new Date(Date.now() + 3_600_000).toISOString();
const FILE =
  '<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1">\n<config version="1">\n<P35>2001</P35>\n<P47>sip.example.net</P47>\n<P34>hidden</P34>\n</config>\n</gs_provision>\n';

const serialOf = (gatewayId: string) => `SN-${gatewayId.replaceAll('-', '')}`;
const documentOf = (gatewayId: string) => ({
  version: 1 as const,
  entries: [{ at: { serial: serialOf(gatewayId), port: 1 }, name: 'port.extension', value: '2009' }],
});

/** A configurable gateway at the place, with a published setting of it that is deployed, and drafts. */
export async function plantConfiguration(
  ownerUrl: string,
  { admin }: TestOperator,
  place: Planted,
): Promise<PlantedConfiguration> {
  const { gatewayId } = await plantAnother(ownerUrl, place);
  await makeConfigurable(ownerUrl, gatewayId);
  const draft = async (name: string, value: string) => {
    const { id } = await admin(endpoints.createConfigDraft, { body: { name } });
    const [entry] = (await admin(endpoints.listConfigEntries, { query: { layer: 'gateway', gatewayId } })).items;
    const { edits } = await admin(endpoints.editConfigDraft, {
      params: { draftId: id },
      body: editBody(gatewayId, value, entry?.id ?? null),
    });
    return { draftId: id, editId: edits[0]!.id };
  };
  const first = await draft('First', 'sip.example.net');
  await admin(endpoints.publishConfigDraft, { params: { draftId: first.draftId }, body: { reason: 'Agreed' } });
  const deployment = await admin(endpoints.deployConfig, { body: deployBody(gatewayId) });
  const [job] = (await admin(endpoints.listConfigJobs, { query: { deploymentId: deployment.id } })).items;
  const at = { operatorId: place.operatorId, gatewayId, jobId: job!.id };
  const runningId = await plantRunning(ownerUrl, at);
  const [drift] = await rowsOf<{ id: string }>(
    ownerUrl,
    `insert into config_drift (operator_id, gateway_id, job_id, found_at, keys, keys_total) values ($1, $2, $3, now(), '[]', 0) returning id`,
    [at.operatorId, gatewayId, at.jobId],
  );
  // A gateway of its own: nothing else that is planted changes it after the preview.
  const { gatewayId: importGatewayId } = await plantAnother(ownerUrl, place);
  await makeConfigurable(ownerUrl, importGatewayId);
  const { fingerprint } = await admin(endpoints.previewConfigImport, {
    params: { gatewayId: importGatewayId },
    body: { source: FILE_SOURCE },
  });
  const serial = serialOf(gatewayId);
  await rowsOf(ownerUrl, 'update gateway set serial = $2 where id = $1', [gatewayId, serial]);
  const csv = `serial;port;display_name\r\n${serial};1;Reception\r\n`;
  const checked = await admin(endpoints.previewConfigCsv, { body: { csv } });
  const planned = await admin(endpoints.planConfigDocument, { body: { document: documentOf(gatewayId) } });
  return {
    gatewayId,
    documentFingerprint: planned.fingerprint,
    csv,
    csvFingerprint: checked.fingerprint,
    importGatewayId,
    importFingerprint: fingerprint,
    plainId: place.gatewayId,
    ...(await draft('Open', 'sip2.example.net')),
    discardId: (await draft('To discard', 'sip3.example.net')).draftId,
    publishId: (await draft('To publish', 'sip4.example.net')).draftId,
    deploymentId: deployment.id,
    runningId,
    formerId: await plantRunning(ownerUrl, at),
    driftId: drift!.id,
  };
}

/** A configuration that was read, sealed as the ingest does it. */
async function plantRunning(
  ownerUrl: string,
  { operatorId, gatewayId, jobId }: { operatorId: string; gatewayId: string; jobId: string },
): Promise<string> {
  const appUrl = new URL(inject('postgresAppUrl'));
  appUrl.pathname = new URL(ownerUrl).pathname;
  const key = Buffer.alloc(32, 7).toString('base64');
  const config = readConfig({ DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl.toString(), LOOPSTART_SECRET_KEY: key });
  const secrets = await Secrets.of(config);
  const id = randomUUID();
  const place = { field: 'running_config.text', operatorId, row: { id } } as const;
  const text = await secrets.seal(place, gzipSync(FILE).toString('base64'));
  await secrets.onApplicationShutdown();
  await rowsOf(
    ownerUrl,
    `insert into running_config (id, operator_id, gateway_id, job_id, moment, format, fingerprint, bytes, text, first_read_at, last_read_at)
     values ($1, $2, $3, $4, 'before', 'grandstream-xml', $5, $6, $7, now(), now()) returning 1`,
    [id, operatorId, gatewayId, jobId, 'a'.repeat(64), FILE.length, text],
  );
  return id;
}

const editBody = (gatewayId: string, host: string, sees: string | null = null) => ({
  edits: [
    {
      place: { layer: 'gateway' as const, gatewayId },
      name: 'sip.registrars',
      action: 'set' as const,
      value: [{ host, port: null }],
      sees,
    },
  ],
});
const secretBody = (gatewayId: string) => ({
  edits: [
    {
      place: { layer: 'port' as const, gatewayId, position: 1 },
      name: 'port.password',
      action: 'set' as const,
      value: 'correct-horse',
      sees: null,
    },
  ],
});
const deployBody = (gatewayId: string) => ({
  gatewayIds: [gatewayId],
  mode: 'now' as const,
  reason: 'Agreed',
  expiresAt: ENDS(),
});

const FILE_SOURCE = { kind: 'file' as const, content: Buffer.from(FILE).toString('base64') };
const runningSource = ({ runningId }: PlantedConfiguration) => ({ kind: 'running' as const, configId: runningId });

/** An input for each endpoint of the configuration. */
export function configurationInputs(at: PlantedConfiguration) {
  const gateway = { gatewayId: at.gatewayId };
  const draft = { draftId: at.draftId };
  const running = { configId: at.runningId };
  return {
    listConfigEntries: { query: { layer: 'gateway' as const, gatewayId: at.gatewayId } },
    getEffectiveConfig: { params: gateway, query: {} },
    listConfigLines: { query: { gatewayId: at.gatewayId } },
    listConfigTimeline: { params: gateway, query: {} },
    tryDialling: { params: gateway, query: { position: 1, dialled: '999' } },
    listConfigDrafts: {},
    createConfigDraft: { body: { name: 'Another' } },
    getConfigDraft: { params: draft },
    listConfigEdits: { params: draft, query: {} },
    editConfigDraft: { params: draft, body: secretBody(at.gatewayId) },
    removeConfigEdit: { params: { ...draft, editId: at.editId } },
    discardConfigDraft: { params: { draftId: at.discardId } },
    reviewConfigDraft: { params: draft },
    listConfigGatewayReviews: { params: draft, query: {} },
    publishConfigDraft: { params: { draftId: at.publishId }, body: { reason: 'Agreed' } },
    listConfigRevisions: {},
    getConfigRevision: { params: { revision: 1 } },
    compareConfigRevisions: { params: { revision: 1 }, query: {} },
    rollBackConfig: { params: { revision: 1 }, body: { reason: 'Agreed' } },
    listConfigHistory: { params: gateway, query: {} },
    deployConfig: { body: deployBody(at.gatewayId) },
    listConfigDeployments: {},
    getConfigDeployment: { params: { deploymentId: at.deploymentId } },
    listConfigJobs: {},
    cancelConfigDeployment: { params: { deploymentId: at.deploymentId }, body: { reason: 'Agreed' } },
    listRunningConfigs: { params: gateway, query: {} },
    getRunningConfig: { params: running },
    revealRunningConfig: { params: running, body: { reason: 'Agreed' } },
    compareRunningConfigs: { params: running, query: { since: at.formerId } },
    listConfigReads: {},
    readGatewayConfig: { params: { gatewayId: at.plainId } },
    listConfigDrifts: {},
    decideConfigDrift: {
      params: { driftId: at.driftId },
      body: { decision: 'overwrite' as const, reason: 'Agreed' },
    },
    previewConfigImport: { params: gateway, body: { source: runningSource(at) } },
    importConfig: {
      params: { gatewayId: at.importGatewayId },
      body: { source: FILE_SOURCE, into: { name: 'Imported' }, fingerprint: at.importFingerprint },
    },
    previewConfigCsv: { body: { csv: at.csv } },
    importConfigCsv: { body: { csv: at.csv, into: { name: 'Accounts' }, fingerprint: at.csvFingerprint } },
    planConfigDocument: { body: { document: documentOf(at.gatewayId) } },
    applyConfigDocument: {
      body: { document: documentOf(at.gatewayId), into: { name: 'Document' }, fingerprint: at.documentFingerprint },
    },
    getConfigPolicy: {},
    setConfigPolicy: { body: { needsOtherPerson: true } },
    getConfigAccess: { params: gateway },
    setConfigAccess: { params: gateway, body: { access: { user: 'admin', password: 'correct horse' } } },
  };
}
