import type { CallColumn, CallRecord } from '@loopstart/contracts';
import type { CsvColumns } from '../../core/list/csv.ts';

/** What an export says of a call, in the words of the API. */
export const CALL_CSV: CsvColumns<CallColumn, CallRecord> = {
  at: [
    { header: 'Time', value: ({ at }) => at },
    { header: 'Answered', value: ({ connectedAt }) => connectedAt },
    { header: 'Ended', value: ({ endedAt }) => endedAt },
  ],
  progress: [{ header: 'State', value: ({ progress }) => progress }],
  direction: [{ header: 'Direction', value: ({ direction }) => direction }],
  dialled: [
    { header: 'Dialled', value: ({ dialled }) => dialled },
    { header: 'Called', value: ({ called }) => called },
    { header: 'Forwarded to', value: ({ forwardedTo }) => forwardedTo },
  ],
  calling: [{ header: 'Calling', value: ({ calling }) => calling }],
  gateway: [
    { header: 'Gateway', value: ({ gatewayName }) => gatewayName },
    { header: 'Port', value: ({ position }) => position },
    { header: 'Why the port is not known', value: ({ nulls }) => nulls['position'] },
  ],
  site: [{ header: 'Site', value: ({ siteName }) => siteName }],
  customer: [{ header: 'Customer', value: ({ customerName }) => customerName }],
  talk: [{ header: 'Talk time (s)', value: ({ talkMs }) => (talkMs === null ? null : talkMs / 1000) }],
  cause: [
    { header: 'Cause', value: ({ cause }) => cause },
    { header: 'Cause Q.850', value: ({ causeCode }) => causeCode },
    { header: 'SIP', value: ({ sipCode }) => sipCode },
    { header: 'Ended by', value: ({ endedBy }) => endedBy },
  ],
  quality: [
    { header: 'MOS', value: ({ quality }) => quality.mos },
    { header: 'R factor', value: ({ quality }) => quality.rFactor },
    { header: 'Jitter (ms)', value: ({ quality }) => quality.jitterMs },
    { header: 'Delay (ms)', value: ({ quality }) => quality.delayMs },
    { header: 'Loss (%)', value: ({ quality }) => quality.lossPercent },
  ],
  fax: [{ header: 'Fax', value: ({ fax }) => fax }],
  codec: [{ header: 'Codec', value: ({ codec }) => codec }],
};
