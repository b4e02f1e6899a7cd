import { connectAsync } from 'mqtt';

/**
 * Connects as an agent and asks for topics, those of others among them, which the broker refuses; `onMessage` gets whatever
 * comes. Returns what ends it.
 */
export async function listenToTopics(
  url: string,
  identity: { agentId: string; keyPem: string; certificatePem: string; caPem: string },
  topics: readonly string[],
  onMessage: (topic: string, content: Buffer) => void,
): Promise<() => Promise<void>> {
  const { agentId, keyPem, certificatePem, caPem } = identity;
  const tls = { key: keyPem, cert: certificatePem, ca: caPem };
  const client = await connectAsync(url, { ...tls, clientId: agentId, reconnectPeriod: 0 });
  client.on('message', onMessage);
  client.on('error', () => undefined);
  for (const topic of topics) await client.subscribeAsync(topic).catch(() => undefined);
  return () => client.endAsync(true);
}
