import type { LibraryContent } from '@loopstart/contracts';
import { plantChannel } from './escalating.ts';
import { rowsOf } from './ingest.ts';

/** What the provider publishes, by id. */
export interface PlantedLibrary {
  /** Publications of the operator, to be copied. */
  sharedPolicyId: string;
  sharedRoleId: string;
  /** Published to an operator without members. */
  objectId: string;
}

export const libraryPolicy = (name: string) =>
  ({
    kind: 'policy',
    content: {
      name,
      isDefault: false,
      match: { severities: ['critical' as const] },
      steps: [{ waitMinutes: 0, targets: [{ type: 'all-channels' as const }] }],
      repeat: { times: 1, everyMinutes: 15 },
      quietHours: null,
      digest: null,
    },
  }) satisfies LibraryContent;

export const libraryRole = (title: string, permissions = ['gateways.read', 'incidents.read'] as const) =>
  ({ kind: 'role', content: { title, permissions: [...permissions], maxLinesAtOnce: 10 } }) satisfies LibraryContent;

/** As the functions of the provider write it, which need one of its people. */
async function publish(ownerUrl: string, operatorId: string, { kind, content }: LibraryContent) {
  const [row] = await rowsOf<{ id: string; objectId: string }>(
    ownerUrl,
    `with object as (
       insert into library_object (id, kind, mode, for_all, name, content, version, created_at, updated_at)
       values (gen_random_uuid(), $2, 'shared', false, $3, $4, 1, now(), now()) returning *)
     insert into publication (operator_id, object_id, kind, mode, name, content, version, published_at)
     select $1, id, kind, mode, name, content, version, created_at from object returning id, object_id as "objectId"`,
    [operatorId, kind, kind === 'policy' ? content.name : content.title, JSON.stringify(content)],
  );
  return row!;
}

export async function plantLibrary(
  ownerUrl: string,
  operatorId: string,
  memberlessOperatorId: string,
): Promise<PlantedLibrary> {
  // A copy has to reach somebody, and notifies all channels but webhooks.
  await plantChannel(ownerUrl, operatorId, 'slack', 'Shift chat');
  // Names of what is published are taken once in an installation.
  const tail = crypto.randomUUID();
  const of = (name: string) => `${name} ${tail}`;
  const policy = await publish(ownerUrl, operatorId, libraryPolicy(of('Lifts first')));
  const role = await publish(ownerUrl, operatorId, libraryRole(of('Night watch')));
  const { objectId } = await publish(ownerUrl, memberlessOperatorId, libraryPolicy(of('Critical')));
  return { sharedPolicyId: policy.id, sharedRoleId: role.id, objectId };
}

export function libraryInputs({
  memberlessOperatorId,
  library: { sharedPolicyId, sharedRoleId, objectId },
}: {
  memberlessOperatorId: string;
  library: PlantedLibrary;
}) {
  const object = libraryPolicy(`Alarms ${memberlessOperatorId}`);
  return {
    listLibrary: {},
    publishObject: {
      body: {
        idempotencyKey: crypto.randomUUID(),
        mode: 'locked' as const,
        operatorIds: [memberlessOperatorId],
        object,
      },
    },
    publishVersion: {
      params: { objectId },
      body: { from: 1, object: libraryPolicy(`Critical alarms ${memberlessOperatorId}`) },
    },
    withdrawObject: { params: { objectId } },
    listPublishedPolicies: {},
    copyPublishedPolicy: { params: { publicationId: sharedPolicyId }, body: {} },
    listPublishedRoles: {},
    copyPublishedRole: { params: { publicationId: sharedRoleId }, body: {} },
  };
}
