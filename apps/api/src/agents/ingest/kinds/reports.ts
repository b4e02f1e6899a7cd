import type { Report } from '@loopstart/contracts';
import type { BatchNeeds } from '../decide/batch-needs.ts';
import type { BatchWork } from '../decide/batch-work.ts';
import { misfit, touchesState } from '../decide/columns.ts';
import type { GatewayContext } from '../decide/gateway-access.ts';
import type { Refusals } from '../decide/refusals.ts';
import { sampleRow } from '../decide/samples.ts';
import type { Received } from '../item.ts';
import { iso } from './iso.ts';
import type { MessageKindOf } from './message-kind.ts';

type Body = { reports: Report[] };

/** A message of reports while it is applied. */
interface Context {
  message: Received<Body>;
  batch: BatchWork;
  refusals: Refusals;
  /** How much to subtract from its times, ms. */
  correction: number;
}

/** Polls of gateways: samples and the present, which the ingest writes for all kinds. The hot path. */
export const reports: MessageKindOf<'reports'> = {
  kind: 'reports',

  needs(body: Body, agentId: string, needs: BatchNeeds): void {
    for (const report of body.reports) {
      const id = needs.gateway(report.gatewayId, agentId);
      needs.revisions.set(id, report.revision);
      if (touchesState(report)) needs.states(id, report.state ?? {});
    }
  },

  apply(message: Received<Body>, batch: BatchWork, _rows, refusals: Refusals): void {
    const { item, sender, body } = message;
    const context = { message, batch, refusals, correction: batch.correctionOf(body.reports, item) };
    batch.reportCount += body.reports.length;
    for (const report of body.reports) {
      const gatewayId = report.gatewayId.toLowerCase();
      const gateway = batch.access.own(gatewayId, sender, refusals);
      if (gateway === null) continue;
      if (report.revision !== gateway.revision) {
        refusals.addLacking('unknown-revision', gatewayId, `has revision ${gateway.revision}, not ${report.revision}`);
        continue;
      }
      const wrong = misfit(report, gateway.portCount);
      if (wrong === null) applyReport(report, gatewayId, gateway, context);
      else refusals.add('wrong-length', `gateway ${gatewayId} has ${gateway.portCount} ports: ${wrong}`);
    }
  },
};

function applyReport(report: Report, gatewayId: string, gateway: GatewayContext, context: Context): void {
  const { message, batch, refusals, correction } = context;
  const { receivedAtMs } = message.item;
  const atMs = report.at - correction;
  const row = sampleRow(message.sender.operatorId, gatewayId, atMs, receivedAtMs, report);
  if (row !== null) {
    if (receivedAtMs - atMs > batch.limits.sampleAgeMaxMs)
      refusals.add('time-out-of-range', `gateway ${gatewayId}: measured at ${iso(report.at)}, no longer kept`);
    else batch.addSample(row);
  }
  if (gateway.working !== null) {
    if (receivedAtMs - atMs > batch.limits.historyAgeMaxMs)
      refusals.add('time-out-of-range', `gateway ${gatewayId}: read at ${iso(report.at)}, no longer kept`);
    else if (!gateway.working.report(report, atMs, receivedAtMs)) batch.lateCount += 1;
    return;
  }
  if (touchesState(report)) throw new Error(`the state of gateway ${gatewayId} was not loaded`);
  if (row === null) batch.noteUnchanged(gatewayId, atMs, receivedAtMs);
  else {
    const measured = batch.measured.get(gatewayId);
    if (measured === undefined) batch.measured.set(gatewayId, [row]);
    else measured.push(row);
  }
}
