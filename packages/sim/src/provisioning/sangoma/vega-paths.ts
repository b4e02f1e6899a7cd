/** The paths of a Vega that concern voice, expert layer, and their factory values. `N` stands for the index of a row. */

const ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '.pots.port.N': {
    enable: '1',
    callerid: 'off',
    call_waiting: 'off',
    call_fwd_enable: 'on',
    fx_profile: '1',
    tx_gain: '0',
  },
  '.pots.port.N.if.N': { dn: '', interface: '', username: '', profile: '1', ring_index: '1' },
  '.pots.profile.N': {
    name: '',
    callerid_type: 'gr30-sdmf',
    dtmf_dial_digit: '#',
    dtmf_dial_timeout: '5',
    line_busy_cause: '17',
    line_reversal: '0',
    loop_current_break: '0',
    loop_current_break_time: '800',
    hookflash_time: '800',
    impedance: 'CTR21',
  },
  '.sip.auth.user.N': { enable: '0', username: '', password: '', subscriber: '', sip_profile: '1' },
  '.sip.reg.user.N': { enable: '0', dn: '', username: '', auth_user_index: '1', sip_profile: '1' },
  '.sip.profile.N': {
    name: '',
    interface: '9901',
    reg_domain: '',
    reg_expiry: '600',
    sig_transport: 'udp',
    capset: '2',
  },
  '.sip.profile.N.registrar.N': { enable: '0', ipname: '', port: '5060', tls_port: '5061' },
  '.sip.profile.N.proxy.N': { enable: '0', ipname: '', port: '5060', tls_port: '5061' },
  '.planner.profile.N': { name: '', enable: '1' },
  '.planner.profile.N.plan.N': { name: '', srce: '', dest: '', group: '0', cost: '0' },
  '._advanced.pots.ring.N': { frequency: '25', repeat: '1', ring1_on: '1000', ring1_off: '4000' },
  '.logger.syslog.server.N': { ip: '0.0.0.0', port: '514' },
};

const SCALARS: Readonly<Record<string, string>> = {
  '.sip.local_rx_port': '5060',
  '.sip.reg_enable': '0',
  '.sip.reg_mode': 'normal',
  '.ntp.ip': '0.0.0.0',
  '.ntp.poll_interval': '60',
  '.lan.file_transfer_method': 'TFTP',
  '.autoexec.enable': '1',
  '.autoexec.scriptfile1': '%mscript.txt',
  '.quick.emergency_numbers': '',
  '._advanced.auto_apply': '0',
  '.snmp.mib2.system.contact': '',
};

/** Lists that may be emptied, and rows that may be made. */
export function isList(path: string): boolean {
  return shapeOf(`${path}.1`) in ROWS;
}

export function isRow(path: string): boolean {
  return shapeOf(path) in ROWS;
}

const shapeOf = (path: string) => path.replaceAll(/\.\d+(?=\.|$)/g, '.N');

/** The factory value of a leaf; null for a path that the unit does not have. */
export function usualValue(path: string): string | null {
  if (path in SCALARS) return SCALARS[path] ?? null;
  const at = path.lastIndexOf('.');
  return ROWS[shapeOf(path.slice(0, at))]?.[path.slice(at + 1)] ?? null;
}

/** The path of the row that a leaf belongs to; null for a scalar. */
export function rowOf(path: string): string | null {
  const row = path.slice(0, path.lastIndexOf('.'));
  return isRow(row) ? row : null;
}

/** The leaves of a new row with their factory values. */
export function newRow(path: string): [leaf: string, value: string][] {
  return Object.entries(ROWS[shapeOf(path)] ?? {}).map(([name, value]) => [`${path}.${name}`, value]);
}

/** The configuration of the factory for this number of FXS ports: interfaces 0101, 0102 …, no accounts. */
export function factoryPaths(fxs: number): Map<string, string> {
  const all = new Map(Object.entries(SCALARS));
  const make = (row: string, own: Readonly<Record<string, string>> = {}) => {
    for (const [leaf, value] of newRow(row)) all.set(leaf, own[leaf.slice(row.length + 1)] ?? value);
  };
  for (let port = 1; port <= fxs; port += 1) {
    const name = `01${String(port).padStart(2, '0')}`;
    make(`.pots.port.${port}`);
    make(`.pots.port.${port}.if.1`, { dn: name, interface: name });
  }
  make('.pots.profile.1', { name: 'FXS_ports_profile' });
  make('.sip.profile.1', { name: 'profile1' });
  make('.sip.profile.1.registrar.1');
  make('.sip.profile.1.proxy.1');
  make('.planner.profile.1');
  make('._advanced.pots.ring.1');
  return all;
}
