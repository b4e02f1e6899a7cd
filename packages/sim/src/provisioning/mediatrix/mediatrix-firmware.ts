import { hash32 } from '../../random.ts';
import type { Cli } from '../faces/cli.ts';
import { ConfigRefused, spoilt, type Box, type Firmware, type LineSetup } from '../firmware.ts';
import { factoryValues, TABLES, waitsForRestart } from './dgw-names.ts';
import { readLine } from './dgw-script.ts';

/**
 * Mediatrix DGW: its SSH prompt takes the lines of a script. A value is stored at once; those of most services act after
 * `Scm.RestartRequiredServices` or a restart, which cut the calls. Unknown names are answered with an error line.
 */
export class MediatrixFirmware implements Firmware {
  readonly #box: Box;
  readonly #endpoints: readonly string[];
  readonly #standard: ReadonlyMap<string, string>;
  #stored: Map<string, string>;
  /** The values that services act by. */
  #active: ReadonlyMap<string, string>;
  #locked = false;
  #executed: number | null = null;

  constructor(box: Box) {
    this.#box = box;
    this.#endpoints = Array.from({ length: box.unit.fxs }, (_, index) => `Port${String(index + 1).padStart(2, '0')}`);
    this.#standard = factoryValues(this.#endpoints);
    this.#stored = new Map(this.#standard);
    this.#active = new Map(this.#stored);
  }

  /** What is stored, active or not. */
  settings(): ReadonlyMap<string, string> {
    return this.#stored;
  }

  lines(): LineSetup[] {
    const get = (key: string) => this.#active.get(key) ?? '';
    return this.#endpoints.map((endpoint) => {
      const user = get(`SipEp.UserAgent[EpId=${endpoint}].Username`);
      const host = get('SipEp.DefaultStaticRegistrarServerHost');
      const registers = get(`SipEp.UserAgent[EpId=${endpoint}].Register`) === 'Enable';
      const login = this.#loginOf(endpoint);
      const map = this.#rows('EpServ.CallDtmfMapAllowed')
        .filter((row) => this.#stored.get(`${row}.Enable`) === 'Enable')
        .map((row) => this.#stored.get(`${row}.DtmfMap`) ?? '');
      return {
        enabled: !this.#locked && get(`EpAdm.Endpoint[EpId=${endpoint}].InitialAdminStateConfig`) !== 'Locked',
        account:
          user === '' || host === '' || !registers
            ? null
            : { host, user, authUser: login?.user || user, password: login?.password ?? '' },
        digitMap: map.join('\n'),
        callerId: get('Pots.CallerIdCustomization'),
        impedance: get('TelIf.CountrySelection'),
        ringCadence: null,
      };
    });
  }

  preset(text: string): void {
    for (const line of text.split(/\r?\n/)) {
      const error = this.#store(line);
      if (error !== '') throw new ConfigRefused(error);
    }
  }

  powerUp(): void {
    this.#active = new Map(this.#stored);
    this.#locked = false;
  }

  async started(): Promise<void> {
    const get = (key: string) => this.#stored.get(`Conf.Scripts${key}`) ?? '';
    if (get('TransferOnRestartEnable') !== 'Enable' || get('TransferProtocol') !== 'Http') return;
    const { mac, model, firmware } = this.#box.unit;
    const host = get('TransferSrvHostname').replace(/:0$/, '');
    const login =
      get('TransferUsername') === '' ? null : { username: get('TransferUsername'), password: get('TransferPassword') };
    for (const key of ['Conf.ScriptGenericFileName', 'Conf.ScriptSpecificFileName']) {
      const name = (this.#stored.get(key) ?? '').replaceAll('%mac%', mac);
      if (name === '') continue;
      const path = [get('Location').replaceAll(/^\/|\/$/g, ''), name].filter((part) => part !== '').join('/');
      const pulled = await this.#box.pull(`http://${host}/${path}`, { userAgent: `${model}/${firmware}`, login });
      if (pulled.status === 200) this.#execute(pulled.body);
    }
  }

  openCli(): Cli {
    const session = { over: false };
    return {
      greeting: `${this.#box.unit.model}\n`,
      prompt: 'Global>',
      get over() {
        return session.over;
      },
      input: (line) => {
        if (line.trim() === 'exit' || line.trim() === 'quit') {
          session.over = true;
          return '';
        }
        return this.#line(line);
      },
    };
  }

  /** Runs a script that was fetched, line by line; one that ran already only where it may. */
  #execute(text: string): void {
    this.#box.reach('parse');
    const digest = hash32(text);
    if (digest === this.#executed && this.#stored.get('Conf.ScriptsAllowRepeatedExecution') !== 'Enable') return;
    this.#executed = digest;
    for (const line of text.split(/\r?\n/)) this.#line(line);
  }

  /** Carries out a line; returns what the command line prints. */
  #line(given: string): string {
    const line = readLine(given, this.#endpoints);
    if (line.does === 'command') return this.#command(line.command);
    if (line.does === 'read') return this.#read(line.name);
    const error = this.#store(given);
    if (error !== '' || line.does === 'nothing') return error;
    if (line.does === 'set' && !waitsForRestart(line.key)) {
      this.#active = new Map(this.#active).set(line.key, this.#stored.get(line.key) ?? '');
      this.#box.applied();
    }
    return '';
  }

  /** Stores what a line sets; returns the error line of one that is refused. */
  #store(given: string): string {
    const line = readLine(given, this.#endpoints);
    if (line.does === 'refuse') return `${line.why}\n`;
    if (line.does !== 'set' && line.does !== 'delete-rows') return '';
    if (this.#box.refuses()) return 'Error: The configuration is locked.\n';
    this.#box.reach('write');
    if (line.does === 'delete-rows') {
      for (const key of this.#stored.keys()) if (key.startsWith(`${line.table}[`)) this.#stored.delete(key);
      return '';
    }
    const row = /^(.*\])\.\w+$/.exec(line.key)?.[1];
    const columns = TABLES[row?.replace(/\[.*/, '') ?? '']?.columns ?? {};
    // The first cell of a row makes the row, with the usual values in the others.
    for (const [column, usual] of Object.entries(columns)) {
      if (!this.#stored.has(`${row}.${column}`)) this.#stored.set(`${row}.${column}`, usual);
    }
    const spoils = this.#box.keyToSpoil([line.key]) === line.key;
    this.#stored.set(line.key, spoils ? spoilt(line.value) : line.value);
    return '';
  }

  #command(command: string): string {
    if (this.#box.refuses()) return 'Error: The configuration is locked.\n';
    switch (command) {
      case 'Scm.RestartRequiredServices': {
        const pending = [...this.#stored].some(([key, value]) => this.#active.get(key) !== value);
        const removed = [...this.#active.keys()].some((key) => !this.#stored.has(key));
        this.#active = new Map(this.#stored);
        if (pending || removed) this.#box.applied(true);
        return '';
      }
      case 'EpAdm.UnitForceLock':
      case 'EpAdm.UnitUnlock':
        this.#locked = command === 'EpAdm.UnitForceLock';
        this.#box.applied();
        return '';
      case 'Scm.Reboot':
        this.#box.reboot();
        return '';
      case 'Conf.ExportScript':
        this.#box.background(() => this.#export());
        return '';
      default:
        return '';
    }
  }

  /** The lines of a script that begin with this name. */
  #read(name: string): string {
    const found = [...this.#stored].filter(
      ([key]) => key === name || key.startsWith(`${name}.`) || key.startsWith(`${name}[`),
    );
    return found.length === 0
      ? `Error: Unknown name "${name}".\n`
      : found.map(([key, value]) => `${key} = "${value}"\n`).join('');
  }

  /** Uploads a script of all values, or of those that are not the factory's. */
  async #export(): Promise<void> {
    const get = (key: string) => this.#stored.get(`Conf.ScriptExport${key}`) ?? '';
    const service = get('ServiceName');
    const lines = [...this.#stored]
      .filter(([key, value]) => get('Content') !== 'ModifiedConfig' || this.#standard.get(key) !== value)
      .filter(([key]) => service === '' || key.startsWith(`${service}.`))
      .map(([key, value]) => `${key} = "${value}"\n`);
    const body = `# ${this.#box.unit.model}\n${lines.join('')}Scm.RestartRequiredServices\n`;
    await this.#box.pull(get('Url'), { method: 'PUT', body });
  }

  #rows(table: string): string[] {
    const rows = [...this.#stored.keys()]
      .filter((key) => key.startsWith(`${table}[`))
      .map((key) => key.replace(/\.\w+$/, ''));
    return [...new Set(rows)];
  }

  /** The row of Authentication for an endpoint: its own before that of the unit. */
  #loginOf(endpoint: string): { user: string; password: string } | null {
    const get = (key: string) => this.#active.get(key) ?? '';
    const rows = [
      ...new Set(
        [...this.#active.keys()].flatMap((key) => /^(SipEp\.Authentication\[Index=\d+\])/.exec(key)?.[1] ?? []),
      ),
    ];
    const own = rows.find((row) => get(`${row}.ApplyTo`) === 'Endpoint' && get(`${row}.EpId`) === endpoint);
    const row = own ?? rows.find((one) => get(`${one}.ApplyTo`) === 'Unit');
    return row === undefined ? null : { user: get(`${row}.Username`), password: get(`${row}.Password`) };
  }
}
