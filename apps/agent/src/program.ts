import { SnmpError } from '@loopstart/snmp';
import { Command } from 'commander';
import { secretsOf, targetOf, withAccessOptions, type AccessFlags } from './cli/access-options.ts';
import { askCommand, enrolCommand, probeCommand, recordCommand, runCommand } from './cli/commands.ts';
import { DEFAULT_STATE_FOLDER } from './core/state-folder.ts';
import { AGENT_VERSION } from './core/version.ts';
import { unreadable } from './transport/unreadable.ts';

const program = new Command('loopstart-agent')
  .description('Monitors the analogue gateways of a site and reports them to the Loopstart cloud.')
  .version(AGENT_VERSION)
  .option(
    '--state-dir <folder>',
    'where the agent keeps everything',
    process.env['STATE_DIRECTORY'] ?? DEFAULT_STATE_FOLDER,
  )
  .showHelpAfterError('(add --help for what is possible)');

const stateRoot = () => program.opts<{ stateDir: string }>().stateDir;
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

program
  .command('run')
  .description('run until stopped')
  .action(() => runCommand(stateRoot()));

program
  .command('enrol')
  .description('trade a one-time token for an identity')
  .option('--api <url>', 'address of the API')
  .option('--token <token>', 'one-time token from the console; unseen by others in LOOPSTART_TOKEN')
  .option('--ca-sha256 <fingerprint>', 'SHA-256 fingerprint of the CA that must have signed')
  .option('--again', 'also where there is an identity already')
  .action(async (flags: Parameters<typeof enrolCommand>[1]) => print(await enrolCommand(stateRoot(), flags)));

program
  .command('status')
  .description('how the running agent is')
  .option('--json', 'as data')
  .action(async (flags: { json?: boolean }) =>
    print(await askCommand(stateRoot(), 'status', null, flags.json === true)),
  );

program
  .command('gateways')
  .description('the gateways that the running agent knows')
  .option('--json', 'as data')
  .action(async (flags: { json?: boolean }) =>
    print(await askCommand(stateRoot(), 'gateways', null, flags.json === true)),
  );

program
  .command('ports')
  .description('the ports of all gateways, or of one')
  .argument('[gateway]', 'address, id, serial number or name')
  .option('--json', 'as data')
  .action(async (gateway: string | undefined, flags: { json?: boolean }) =>
    print(await askCommand(stateRoot(), 'ports', gateway ?? null, flags.json === true)),
  );

program
  .command('snmp')
  .description('who reads this agent over SNMP')
  .option('--json', 'as data')
  .action(async (flags: { json?: boolean }) => print(await askCommand(stateRoot(), 'snmp', null, flags.json === true)));

withAccessOptions(program.command('probe').description('recognise and read a gateway once'))
  .argument('<address>', 'IP address or host name')
  .option('--json', 'as data')
  .action(async (address: string, flags: AccessFlags & { json?: boolean }) =>
    print(await probeCommand(targetOf(address, flags), flags.json === true)),
  );

withAccessOptions(
  program.command('record').description('walk a gateway into a file, with everything personal taken out'),
)
  .argument('<address>', 'IP address or host name')
  .option('-o, --output <file>', 'file to write', 'gateway.snmprec')
  .action(async (address: string, flags: AccessFlags & { output: string }) =>
    print(await recordCommand(targetOf(address, flags), secretsOf(flags), flags.output)),
  );

/** The error as one sentence for the user of the command line. */
function sentence(error: unknown): string {
  return error instanceof SnmpError || !(error instanceof Error) ? unreadable(error).text : error.message;
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`loopstart-agent: ${sentence(error)}\n`);
  if (process.env['LOOPSTART_DEBUG'] !== undefined) console.error(error);
  process.exit(1);
}
