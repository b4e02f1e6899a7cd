import type { LineSetup } from '../firmware.ts';

type Values = ReadonlyMap<string, string>;

/** The lines by the values that services act by; all are disabled while the unit is locked. */
export function mediatrixLines(active: Values, endpoints: readonly string[], isLocked: boolean): LineSetup[] {
  const get = (key: string) => active.get(key) ?? '';
  const host = get('SipEp.DefaultStaticRegistrarServerHost');
  const maps = rowsOf(active, 'EpServ.CallDtmfMapAllowed').filter((row) => get(`${row}.Enable`) === 'Enable');
  return endpoints.map((endpoint) => {
    const user = get(`SipEp.UserAgent[EpId=${endpoint}].Username`);
    const registers = get(`SipEp.UserAgent[EpId=${endpoint}].Register`) === 'Enable';
    const login = loginOf(active, endpoint);
    return {
      enabled: !isLocked && get(`EpAdm.Endpoint[EpId=${endpoint}].InitialAdminStateConfig`) !== 'Locked',
      account:
        user === '' || host === '' || !registers
          ? null
          : { host, user, authUser: login?.user || user, password: login?.password ?? '' },
      digitMap: maps.map((row) => get(`${row}.DtmfMap`)).join('\n'),
      callerId: get('Pots.CallerIdCustomization'),
      impedance: get('TelIf.CountrySelection'),
      ringCadence: null,
    };
  });
}

/** The rows of a table, `SipEp.Authentication[Index=1]`. */
function rowsOf(values: Values, table: string): string[] {
  const keys = [...values.keys()].filter((key) => key.startsWith(`${table}[`));
  return [...new Set(keys.map((key) => key.replace(/\.\w+$/, '')))];
}

/** The row of Authentication for an endpoint: its own before that of the unit. */
function loginOf(active: Values, endpoint: string): { user: string; password: string } | null {
  const get = (key: string) => active.get(key) ?? '';
  const rows = rowsOf(active, 'SipEp.Authentication');
  const own = rows.find((row) => get(`${row}.ApplyTo`) === 'Endpoint' && get(`${row}.EpId`) === endpoint);
  const row = own ?? rows.find((one) => get(`${one}.ApplyTo`) === 'Unit');
  return row === undefined ? null : { user: get(`${row}.Username`), password: get(`${row}.Password`) };
}
