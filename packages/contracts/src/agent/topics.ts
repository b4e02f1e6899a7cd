/** MQTT topics. The broker limits an agent (by the common name of its certificate) to its own. */
export const topics = {
  up: (agentId: string) => `loopstart/v1/agents/${agentId}/up`,
  presence: (agentId: string) => `loopstart/v1/agents/${agentId}/presence`,
  down: (agentId: string) => `loopstart/v1/agents/${agentId}/down`,
  allUp: 'loopstart/v1/agents/+/up',
  allPresence: 'loopstart/v1/agents/+/presence',
  /** The agent id in one of our topics, or null. */
  agentIdOf: (topic: string): string | null =>
    /^loopstart\/v1\/agents\/([0-9a-f-]{36})\/(?:up|down|presence)$/.exec(topic)?.[1] ?? null,
} as const;
