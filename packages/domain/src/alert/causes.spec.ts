import { expect, test } from 'vitest';
import { CAUSES, type Cause, causesAbove, causesOf } from './causes.ts';
import { CONDITIONS } from './conditions.ts';
import { CONDITION_KINDS } from './kinds.ts';

const explainedBy = ({ explains, unless = [] }: Cause) => explains.filter((kind) => !unless.includes(kind));

test('these stand by themselves, and everything else can be explained', () => {
  const explained = new Set(CAUSES.flatMap(explainedBy));
  expect(CONDITION_KINDS.filter((kind) => !explained.has(kind)).sort()).toEqual([
    'agent-asks-to-return',
    'agents-lost-together',
    'certificate-expiring',
    'clock-wrong',
    'config-drifted',
    'config-failed',
    'data-lost',
    'firmware-suspect',
    'identity-used-twice',
    'monitoring-interrupted',
  ]);
});

test.for(CAUSES.map((cause, row) => [cause.cause, cause.subject, row] as const))(
  '%s of the %s stands before every cause that it explains, so that explaining ends',
  ([cause, , row]) => {
    for (const kind of explainedBy(CAUSES[row]!)) {
      const last = CAUSES.findLastIndex((other) => other.cause === kind);
      if (kind !== cause && last >= 0) expect(row, kind).toBeLessThan(last);
    }
  },
);

test.for(CAUSES.map((cause, row) => [cause.cause, cause.subject, row] as const))(
  'the exceptions of %s of the %s are among what it explains',
  ([, , row]) => expect(CAUSES[row]!.explains).toEqual(expect.arrayContaining([...(CAUSES[row]!.unless ?? [])])),
);

test.for(CONDITION_KINDS.filter((kind) => ['gateway', 'port'].includes(CONDITIONS[kind].subject)))(
  'a change of anything outside the gateway that explains %s has it evaluated again',
  (kind) => {
    const where = { customerId: 'c', siteId: 's', agentId: 'a', gatewayId: 'g', position: 3, lineDeviceClass: null };
    const gateway = { id: 'g', siteId: 's', agentId: 'a', model: 'M', firmware: '1', registrar: null };
    const outside = causesOf(kind, { where, gateway }).filter((key) => !/@(?:gateway|port):/.test(key));
    expect(causesAbove(where, gateway)).toEqual(expect.arrayContaining(outside));
  },
);
