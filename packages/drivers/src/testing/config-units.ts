import type { ConfigLayout, ConfiguredUnit } from '../engine/slices/config.ts';

const PORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  'mediatrix-script': ['Fxs1', 'Fxs2', 'Fxs3', 'Fxs4'],
  'cisco-ios': ['0/0/0', '0/0/1', '0/0/2', '0/0/3'],
  'patton-smartware': ['fxs-00', 'fxs-01', 'fxs-02', 'fxs-03'],
};

/** A unit of a layout whose ports have been read. */
export function unitOf(layout: ConfigLayout, model = layout.models[0] ?? null): ConfiguredUnit {
  const names = PORT_NAMES[layout.format ?? ''];
  return {
    model,
    firmware: layout.format === 'patton-smartware' ? 'R6.9 2016-06-01 H323 SIP FXS FXO' : null,
    ...(names !== undefined && { portNames: new Map(names.map((name, at) => [at + 1, name])) }),
  };
}
