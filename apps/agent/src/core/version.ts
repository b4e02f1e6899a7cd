/** The agent is released with the product and has its version. */
export { VERSION as AGENT_VERSION } from '@loopstart/contracts';
