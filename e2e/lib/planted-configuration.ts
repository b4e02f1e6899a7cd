import { type ConfigEditInput, endpoints } from '@loopstart/contracts';
import type { ApiCaller } from '../../scripts/stack/api-caller.ts';

const DAY_MS = 86_400_000;

/** What of the configuration is there to be looked at. */
export interface PlantedConfiguration {
  /** Open, with an edit that a check finds fault with. */
  draft: string;
  /** Waits for a maintenance window, so that no gateway is touched. */
  deployment: string;
}

/** A published revision of a customer, a deployment of it that waits, and a draft. */
export async function plantConfiguration(
  { call }: ApiCaller,
  { customer, gateway }: { customer: string; gateway: string },
): Promise<PlantedConfiguration> {
  const begin = async (name: string, ...edits: object[]) => {
    const { id } = await call(endpoints.createConfigDraft, { body: { name } });
    await call(endpoints.editConfigDraft, {
      params: { draftId: id },
      body: { edits: edits.map((one) => ({ action: 'set', sees: null, ...one })) as ConfigEditInput[] },
    });
    return id;
  };
  const registrars = (host: string) => [{ host, port: null }];
  const port = { layer: 'port', gatewayId: gateway, position: 1 };
  const rules = [{ label: 'European', pattern: '112', class: 'emergency', timer: 'none' }];
  const first = await begin(
    'The second SIP server',
    {
      place: { layer: 'customer', customerId: customer },
      name: 'sip.registrars',
      value: registrars('sip2.demo.example'),
    },
    { place: port, name: 'port.password', value: 'correct-horse-1' },
  );
  await call(endpoints.publishConfigDraft, {
    params: { draftId: first },
    body: { reason: 'Agreed with the customer' },
  });
  const { id: deployment } = await call(endpoints.deployConfig, {
    body: {
      gatewayIds: [gateway],
      mode: 'window',
      reason: 'In the next window',
      expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
      lifeSafetyConfirmed: true,
    },
  });
  const draft = await begin(
    'A plan without 999',
    { place: { layer: 'operator' }, kind: 'dial-plan', name: 'care-home', value: { rules } },
    { place: { layer: 'gateway', gatewayId: gateway }, name: 'line.country', value: 'GB' },
    { place: port, name: 'port.dialPlan', value: 'care-home' },
  );
  return { draft, deployment };
}
