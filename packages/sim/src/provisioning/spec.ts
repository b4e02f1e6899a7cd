import { z } from 'zod';

const port = z.int().min(0).max(65_535);

/** The provisioning faces of a simulated gateway. What its vendor's units do not have is left out of them. */
export const ProvisioningSpec = z.strictObject({
  /** The administrator's login of every face. */
  username: z.string().min(1).max(64).default('admin'),
  password: z.string().min(1).max(64),
  /** 0 takes any free port of the gateway's own address. */
  sshPort: port.default(0),
  httpPort: port.default(0),
  sipPort: port.default(0),
  /**
   * The saved configuration at the start, in the unit's own format; what it does not name is the factory default. A
   * configuration that the unit would refuse is an error of the description.
   */
  initial: z.string().max(1_000_000).optional(),
});
export type ProvisioningSpec = z.infer<typeof ProvisioningSpec>;

const SipAccountSpec = z.strictObject({
  user: z.string().min(1).max(64),
  /** Absent: the user is the name for authentication, too. */
  authUser: z.string().min(1).max(64).optional(),
  password: z.string().min(1).max(128),
});

/** The SIP service at which gateways with provisioning register their lines. */
export const SipServiceSpec = z.strictObject({
  registrars: z
    .array(
      z.strictObject({
        /** Name or address, without port. */
        host: z.string().min(1).max(255),
        reachable: z.boolean().default(true),
        accounts: z.array(SipAccountSpec).max(100_000).default([]),
      }),
    )
    .max(100)
    .default([]),
});
export type SipServiceSpec = z.infer<typeof SipServiceSpec>;
