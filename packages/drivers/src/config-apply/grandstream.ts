import type { ConfigProcedure, ConfigStep, ConfigUnit } from './procedure.ts';

const SHELL = /GS> ?$/;
const CONFIG = /CONFIG> ?$/;

const value = ({ settings }: ConfigUnit, key: string) => settings.get(key) ?? '';

function read(): ConfigStep[] {
  return [
    {
      transport: 'ssh',
      ready: SHELL,
      lines: [
        { send: 'config', until: CONFIG },
        { send: 'export', until: CONFIG, capture: true, timeoutMs: 60_000 },
      ],
    },
  ];
}

/**
 * HT8xx and GXW42xx: the file of changes is served as `cfg<mac>.xml` where the unit is set up to look for it (P212
 * protocol, P237 path, P234 and P235 around the name; HT801 administration guide), and NOTIFY makes the unit fetch it
 * without a restart (`resync`, FusionPBX 3014). SSH `config`, `export` reads it back (Oxidized, grandstreamht8xx). What
 * it takes is stored at once. Passwords may be blank in an export.
 */
export const grandstream: ConfigProcedure = {
  name: 'Grandstream HT8xx and GXW42xx',
  how: 'SSH: `export`; a file that it fetches after SIP NOTIFY and stores',
  proof: 'registrations',
  drivers: ['grandstream-ht', 'grandstream-gxw'],
  models: /^(HT8(01|02|12|14|18)|GXW42(16|24|32|48))/i,
  formats: ['grandstream-xml'],
  writes: 'changes',
  writesAllKeys: true,
  absentMeans: 'not-set',
  takesEffectMs: 90_000,
  confirmWithinMsMin: 180_000,
  read,
  write(text, unit) {
    const { mac } = unit;
    if (mac === null) return { cannot: 'The MAC address of the unit is not known, and its file has that name.' };
    if (value(unit, 'P212') !== '1') return { cannot: 'The unit does not fetch its configuration over HTTP (P212).' };
    const base = value(unit, 'P237').replace(/\/$/, '');
    if (base === '') return { cannot: 'The unit is not set up to fetch its configuration (P237).' };
    const [, ...folders] = base.split('/');
    const name = `${value(unit, 'P234')}cfg${mac}.xml${value(unit, 'P235')}`;
    return [
      {
        transport: 'http-serve',
        from: base,
        path: `/${[...folders, name].join('/')}`,
        type: 'text/xml',
        text,
        userAgentHas: mac,
        trigger: { transport: 'sip-notify', event: 'resync' },
        fetchWithinMs: 60_000,
      },
    ];
  },
};
