import type { LineSetup, SipAccount } from '../firmware.ts';
import type { IniState } from './ini-store.ts';

/**
 * The FXS lines. `running` sets accounts and digit map; what needs a reset acts with its value when the unit `booted`.
 * A channel without a row of TrunkGroup has no number, and so no account: the unit has no other lock of a port.
 */
export function audioCodesLines(running: IniState, booted: IniState, fxs: number): LineSetup[] {
  const get = (name: string, from = running) => from.parameters.get(name.toLowerCase()) ?? '';
  const rowsOf = (name: string) => [...(running.tables.get(name.toLowerCase())?.values() ?? [])];
  const proxy = rowsOf('ProxyIp')[0]?.get('IpAddress') ?? '';
  const host =
    get('RegistrarIP') || get('RegistrarName') || (get('IsProxyUsed') === '1' ? proxy || get('ProxyName') : '');
  return Array.from({ length: fxs }, (_, index) => {
    const channel = index + 1;
    const group = rowsOf('TrunkGroup').find(
      (row) => Number(row.get('FirstBChannel')) <= channel && channel <= Number(row.get('LastBChannel')),
    );
    const number = numberOf(group?.get('FirstPhoneNumber') ?? '', channel - Number(group?.get('FirstBChannel')));
    const login = loginOf(running, index, number);
    const account =
      number === '' || host === '' || get('IsRegisterNeeded') !== '1' ? null : { host, user: number, ...login };
    return {
      enabled: true,
      account,
      digitMap: get('DigitMapping'),
      callerId: get('CallerIDType', booted),
      impedance: get('FXSCountryCoefficients', booted) || get('CountryCoefficients', booted),
      ringCadence: null,
    };
  });
}

/** The rows of a trunk group count upwards from its first number. */
function numberOf(first: string, offset: number): string {
  if (offset === 0 || !/^\d+$/.test(first)) return first;
  return String(BigInt(first) + BigInt(offset)).padStart(first.length, '0');
}

/** By AuthenticationMode: 0 and 3 the port's row of Authentication, 1 one login for the gateway. */
function loginOf({ parameters, tables }: IniState, index: number, number: string): Omit<SipAccount, 'host' | 'user'> {
  const mode = parameters.get('authenticationmode');
  const row = mode === '1' ? undefined : tables.get('authentication')?.get(index);
  const [user, password] =
    mode === '1'
      ? [parameters.get('username'), parameters.get('password')]
      : [row?.get('UserId'), row?.get('UserPassword')];
  return { authUser: user === undefined || user === '' ? number : user, password: password ?? '' };
}
