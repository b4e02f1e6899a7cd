import { afterEach, expect, test } from 'vitest';
import { configBench, type ConfigBench } from '../testing/config-bench.ts';

let bench: ConfigBench;
afterEach(async () => {
  await bench.close();
});

test.for<[driver: string, model: string, initial: string, key: string, why: RegExp]>([
  [
    'cisco-spa',
    'SPA112',
    '<flat-profile><Proxy_1_>sip.example.net</Proxy_1_></flat-profile>',
    'Proxy_1_',
    /MAC address and serial number only in the User-Agent/,
  ],
  [
    'mediatrix-dgw',
    'Mediatrix C710',
    'SipEp.DefaultStaticRegistrarServerHost = "sip.example.net"',
    'SipEp.DefaultStaticRegistrarServerHost',
    /to read what runs without changing a setting/,
  ],
])(
  '%s is sent no login and no change, and the refusal says what is missing',
  async ([driver, model, initial, key, why]) => {
    bench = await configBench({
      gateway: { name: 'unit', driver, model, ports: [{ device: 'unused' }] },
      initial: () => initial,
      accounts: [],
    });
    await bench.pass(10);
    const before = [...bench.gateway.provisioning!.settings];
    const changes = [{ kind: 'set' as const, key, value: 'new.example.net' }];
    const end = await bench.run(await bench.request({ changes, acceptsReadBack: true }));
    expect(end).toMatchObject({ state: 'failed', reasonCode: 'not-verified', holds: 'before' });
    expect(end.detail).toMatch(why);
    expect([...bench.gateway.provisioning!.settings]).toEqual(before);
  },
);
