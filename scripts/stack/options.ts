import { parseArgs } from 'node:util';
import { inRoot } from '../lib/process.ts';

export interface Options {
  demo: boolean;
  host: string;
  webPort: number;
  apiPort: number;
  mqttPort: number;
  postgresPort: number;
  dataDir: string;
  /** How much faster than life the lines of the demo are used. */
  demoSpeed: number;
  /** Where the demo's gateways answer SNMP, where the first site's agent takes their traps, and where faults are ordered. */
  demoSnmpPort: number;
  demoNotifyPort: number;
  demoSyslogPort: number;
  demoControlPort: number;
  /** Where the first site's agent serves configurations, and by which ports gateways are configured. */
  demoConfigPort: number;
  demoFaces: { sshPort: number; httpPort: number; sipPort: number };
  databaseUrl: string | undefined;
  databaseAppUrl: string | undefined;
  mqttUrl: string | undefined;
  redisUrl: string | undefined;
  help: boolean;
  /** Build and restart what changes, as `npm run dev` does. */
  watch: boolean;
}

export const USAGE = `npm start -- [options]
npm run dev -- [options]    the same, and what you change is built and started again

  --no-demo              an empty system, without the demo fleet
  --port <n>             port of the console (3000)
  --api-port <n>         port of the API (4000)
  --mqtt-port <n>        port of the MQTT broker (8883)
  --postgres-port <n>    port of the embedded PostgreSQL (15432)
  --host <address>       address to listen on (127.0.0.1)
  --data-dir <folder>    where data is kept (.data)
  --demo-speed <n>       how much faster than life the demo's lines are used (12)
  --demo-port <n>        first of the ports the demo uses on loopback: control, SNMP, and a few for each site (10160)

Environment: DATABASE_URL, MQTT_URL and REDIS_URL replace the embedded parts. DATABASE_APP_URL is the login
the API works as; where it is absent, one with the least privileges is made with DATABASE_URL.
`;

/** Reads flags and environment. Throws an Error of one sentence that names the flag at fault. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { values } = parseArgs({
    args,
    options: {
      'no-demo': { type: 'boolean', default: false },
      port: { type: 'string', default: '3000' },
      'api-port': { type: 'string', default: '4000' },
      'mqtt-port': { type: 'string', default: '8883' },
      'postgres-port': { type: 'string', default: '15432' },
      host: { type: 'string', default: '127.0.0.1' },
      'data-dir': { type: 'string', default: inRoot('.data') },
      'demo-speed': { type: 'string', default: '12' },
      'demo-port': { type: 'string', default: '10160' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    demo: !values['no-demo'],
    host: values.host,
    webPort: port('--port', values.port),
    apiPort: port('--api-port', values['api-port']),
    mqttPort: port('--mqtt-port', values['mqtt-port']),
    postgresPort: port('--postgres-port', values['postgres-port']),
    dataDir: values['data-dir'],
    demoSpeed: positive('--demo-speed', values['demo-speed']),
    demoControlPort: port('--demo-port', values['demo-port']),
    demoSnmpPort: port('--demo-port', values['demo-port']) + 1,
    demoNotifyPort: port('--demo-port', values['demo-port']) + 2,
    demoSyslogPort: port('--demo-port', values['demo-port']) + 12,
    demoConfigPort: port('--demo-port', values['demo-port']) + 22,
    demoFaces: {
      sshPort: port('--demo-port', values['demo-port']) + 32,
      httpPort: port('--demo-port', values['demo-port']) + 33,
      sipPort: port('--demo-port', values['demo-port']) + 34,
    },
    databaseUrl: env.DATABASE_URL || undefined,
    databaseAppUrl: env.DATABASE_APP_URL || undefined,
    mqttUrl: env.MQTT_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    help: values.help,
    watch: false,
  };
}

function port(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new Error(`${flag} must be a port number from 1 to 65535, not "${text}".`);
  }
  return value;
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${flag} must be a number above 0, not "${text}".`);
  return value;
}
