import { createSocket } from 'node:dgram';
import { onTestFinished } from 'vitest';
import { REBOOT_SILENCE_MS } from '../fault/fault.ts';
import { parseSpec, SimGatewaySpec, type SimGatewayInput } from '../fleet/spec.ts';
import { SimGateway } from '../gateway/sim-gateway.ts';
import type { Provisioning } from '../provisioning/provisioning.ts';
import { SipService } from '../provisioning/sip-service.ts';
import { ConfigServer } from './config-server.ts';
import { SshClient } from './ssh-client.ts';

export const LOGIN = { username: 'admin', password: 'unit-login-1' };
export const MAC = '000b82000001';

/** Accounts 2001 to 2048 with password `secret-<user>` at sip.example.net; down.example.net does not answer. */
const SIP_SERVICE = new SipService({
  registrars: [
    {
      host: 'sip.example.net',
      reachable: true,
      accounts: Array.from({ length: 48 }, (_, n) => ({ user: `${2001 + n}`, password: `secret-${2001 + n}` })),
    },
    { host: 'down.example.net', reachable: false, accounts: [] },
  ],
});

/** A started gateway with provisioning on a clock of its own, and a server for its files. */
export class ProvisionedGateway {
  readonly clock = { at: Date.UTC(2026, 2, 3, 10, 0, 0) };
  readonly files: ConfigServer;
  readonly gateway: SimGateway;

  private constructor(files: ConfigServer, gateway: (now: () => number) => SimGateway) {
    this.files = files;
    this.gateway = gateway(() => this.clock.at);
  }

  /** `initial` gets the address of the server for files, `127.0.0.1:port`. */
  static async start(
    input: Partial<SimGatewayInput> & { driver: string; initial?: (host: string) => string },
  ): Promise<ProvisionedGateway> {
    const { initial, ...gateway } = input;
    const files = await ConfigServer.start();
    const spec = parseSpec(
      SimGatewaySpec,
      {
        name: 'unit',
        macAddress: MAC.match(/../g)?.join(':'),
        ...gateway,
        provisioning: { ...LOGIN, initial: initial?.(files.host) },
      },
      'gateway',
    );
    const tempo = { timeZone: 'UTC', pace: 1 };
    const started = new ProvisionedGateway(
      files,
      (now) => new SimGateway(spec, { seed: 5, tempo, now, sipService: SIP_SERVICE }),
    );
    await started.gateway.start();
    onTestFinished(async () => {
      await started.gateway.stop();
      await files.close();
    });
    await started.unit.settled();
    return started;
  }

  get unit(): Provisioning {
    const { provisioning } = this.gateway;
    if (provisioning === null) throw new Error('has no provisioning');
    return provisioning;
  }

  /** Lets time pass, in steps of a second, and what it sets going end. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.clock.at += 1_000;
      this.gateway.tick(this.clock.at);
      await this.unit.settled();
    }
  }

  /** Waits as long as a restart takes, and the registration after it. */
  async restarted(): Promise<void> {
    await this.pass(REBOOT_SILENCE_MS / 1_000 + 10);
  }

  registrations(): (string | null)[] {
    return this.gateway.living.read().ports.map(({ state }) => state.registration);
  }

  async ssh(login = LOGIN): Promise<SshClient> {
    const { address, ssh } = this.unit.endpoints;
    if (ssh === null) throw new Error('has no SSH');
    const client = await SshClient.open(address, ssh, login);
    onTestFinished(() => client.close());
    return client;
  }

  /** Sends a NOTIFY, with these headers added, and returns the answer. */
  async notify(event: string, more = ''): Promise<string> {
    const { address, sip } = this.unit.endpoints;
    if (sip === null) throw new Error('has no SIP port');
    const socket = createSocket('udp4');
    const answer = new Promise<string>((resolve) => {
      socket.once('message', (message) => resolve(message.toString()));
    });
    const request = [
      `NOTIFY sip:2001@${address} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1`,
      'From: <sip:manager@127.0.0.1>;tag=1',
      `To: <sip:2001@${address}>`,
      'Call-ID: 1@127.0.0.1',
      'CSeq: 1 NOTIFY',
      `Event: ${event}`,
      'Content-Length: 0',
    ].join('\r\n');
    socket.send(`${request}\r\n${more}\r\n`, sip, address);
    const text = await answer;
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    await this.unit.settled();
    return text;
  }
}
