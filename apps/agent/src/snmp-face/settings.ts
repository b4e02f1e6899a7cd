import { isIP } from 'node:net';
import { DEFAULT_ENTERPRISE } from '@loopstart/mib';
import { z } from 'zod';

const passphrase = z.string().min(8, 'at least 8 characters (RFC 3414 section 11.2)').max(128);

/** An address, or a network such as `192.0.2.0/24`. */
const Network = z.string().refine((text) => {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}, 'an address or a network such as 192.0.2.0/24');

/** A user of SNMPv3, always with authentication and privacy. */
const User = z.strictObject({
  user: z.string().min(1).max(32),
  authProtocol: z.enum(['sha256', 'sha384', 'sha512', 'sha224', 'sha1']).default('sha256'),
  authPassphrase: passphrase,
  privProtocol: z.enum(['aes128', 'aes192', 'aes256']).default('aes128'),
  privPassphrase: passphrase,
});

/** How network management reads the agent: `snmp` in `agent.json`. It is read-only, and answers the listed addresses alone. */
export const SnmpFaceSettings = z
  .strictObject({
    port: z.int().min(1).max(65_535).default(161),
    /** Address of the interface to listen on; default: all. */
    address: z.union([z.ipv4(), z.ipv6()]).optional(),
    allow: z.array(Network).min(1, 'the addresses of the network management').max(100),
    users: z.array(User).max(20).default([]),
    /** Communities of SNMPv2c, which neither prove nor hide anything: only where v3 is not possible. */
    communities: z.array(z.string().min(8, 'at least 8 characters').max(64)).max(5).default([]),
    enterprise: z.int().min(1).max(0xffff_ffff).default(DEFAULT_ENTERPRISE),
  })
  .refine(({ users, communities }) => users.length + communities.length > 0, {
    path: ['users'],
    message: 'at least one user, or a community',
  });
export type SnmpFaceSettings = z.infer<typeof SnmpFaceSettings>;
