import type { Clock } from '../core/clock.ts';
import { sendSip } from '../transport/sip/sip-request.ts';

const SIP_PORT = 5060;

/** Whether the SIP server at `host`, `host:port` or `[IPv6]:port` answers OPTIONS. */
export async function sipServerAnswers(sipServer: string, linkClock: Clock): Promise<boolean> {
  const [, host = sipServer, port] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(sipServer) ?? [];
  const answer = await sendSip(
    { method: 'OPTIONS', host, port: Number(port ?? SIP_PORT), headers: ['Accept: application/sdp'], login: null },
    linkClock,
  );
  return answer !== null;
}
