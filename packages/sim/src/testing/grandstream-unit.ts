import { MAC, ProvisionedGateway } from './provisioned-gateway.ts';

export const file = (values: Readonly<Record<string, string>>, mac = MAC) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1"><mac>${mac}</mac><config version="1">\n${Object.entries(
    values,
  )
    .map(([key, value]) => `<${key}>${escaped(value)}</${key}>`)
    .join('\n')}\n</config></gs_provision>`;
export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An HT802 whose two ports are registered, and which asks `host` for its configuration. */
const HT802 = (host: string) =>
  file({
    P237: `${host}/gs`,
    P47: 'sip.example.net',
    P35: '2001',
    P34: 'secret-2001',
    P747: 'sip.example.net',
    P735: '2002',
    P734: 'secret-2002',
  });
export const started = () =>
  ProvisionedGateway.start({
    driver: 'grandstream-ht',
    model: 'HT802',
    ports: [{ device: 'phone' }, { device: 'phone' }],
    initial: HT802,
  });
export const PATH = `/gs/cfg${MAC}.xml`;
