import type { Endpoint, FieldValue } from '@loopstart/domain';
import { LEAVE, type Spread } from '../../engine/config/entries.ts';
import { isRefused, refuse, unverified, type Word } from '../../engine/config/words.ts';

/** Protocols by their codes; GXW42xx has the first three. */
const PROTOCOLS = ['tftp', 'http', 'https', 'ftp'] as const;

/** The provisioning server: the protocol, and the path without it. */
export function provisioningUrl(protocols: 3 | 4): Spread<string> {
  const known = PROTOCOLS.slice(0, protocols);
  return {
    write(url) {
      const [protocol = '', path = ''] = url.split('://', 2);
      const code = known.findIndex((name) => name === protocol);
      return code === -1 ? refuse(`expected one of ${known.join(', ')}`) : [String(code), path];
    },
    read([code, path]) {
      const protocol = known[Number(code)];
      return protocol === undefined || path === undefined || path === '' ? undefined : `${protocol}://${path}`;
    },
  };
}

/** SNMP on, and its version. Version 3 needs users, which are no settings of the model. */
export const snmpVersion: Spread<FieldValue<'gateway.snmp'>> = {
  write(version) {
    if (version === 'v3') return unverified('the users of SNMPv3 are not written');
    return version === 'off' ? ['0', LEAVE] : ['1', '2'];
  },
  read([isOn, version]) {
    if (isOn === '0') return 'off';
    return isOn !== '1' ? undefined : version === '2' ? 'v2c' : version === '3' ? 'v3' : undefined;
  },
};

/** The server, and level 2, INFO: below it the gateway sends nothing. */
export function syslogServer(word: Word<Endpoint>): Spread<readonly Endpoint[]> {
  return {
    write([server, ...more]) {
      if (more.length > 0) return refuse('expected one server at most');
      if (server === undefined) return ['', '0'];
      const text = word.write(server);
      return isRefused(text) ? text : [text, '2'];
    },
    read([text = '', level]) {
      if (level === '0') return text === '' ? [] : undefined;
      const server = word.read(text);
      return server === undefined ? undefined : [server];
    },
  };
}
