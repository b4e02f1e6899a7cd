/** Child of agent.bench.ts: serves simulated gateways of 24 ports on loopback and reports their addresses. */
import { driverMetadata } from '@loopstart/drivers';
import { SimFleet, type SimGatewayInput } from '@loopstart/sim';

const count = Number(process.argv[2] ?? 100);
const kinds = driverMetadata().flatMap((driver) =>
  driver.models.filter(({ fxs, fxo }) => fxs + fxo === 24).map(({ name }) => ({ driver: driver.id, model: name })),
);
const phones = Array.from({ length: 24 }, () => ({ device: 'phone' as const }));
const gateways = Array.from({ length: count }, (_, at): SimGatewayInput => {
  const kind = kinds[at % kinds.length];
  if (kind === undefined) throw new Error('no driver knows a model of 24 ports');
  const macAddress = `02:00:00:00:00:${at.toString(16).padStart(2, '0')}`;
  return {
    ...kind,
    name: `gw-${at}`,
    serial: String(500_000 + at),
    macAddress,
    address: `127.0.${50 + Math.floor(at / 200)}.${1 + (at % 200)}`,
    ports: phones,
  };
});
const site = { name: 'bench', timeZone: 'Europe/London', gateways };
const sim = await SimFleet.create({ pace: 4, customers: [{ name: 'bench', sites: [site] }] });
await sim.start();
const targets = [...sim.gateways].map(({ name, endpoint, spec }) => ({
  id: name,
  address: endpoint?.address,
  port: endpoint?.port,
  access: spec.access,
  pollIntervalMs: 30_000,
}));
process.send?.({ targets, kinds: kinds.map(({ driver, model }) => `${driver} ${model}`) });
process.once('SIGTERM', () => {
  void sim.stop().then(() => process.exit(0));
});
