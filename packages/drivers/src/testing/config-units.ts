import type { ConfigLayout, ConfigUnit } from '../engine/slices/config.ts';

const PORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  'mediatrix-script': ['Fxs1', 'Fxs2', 'Fxs3', 'Fxs4'],
  'cisco-ios': ['0/0/0', '0/0/1', '0/0/2', '0/0/3'],
  'patton-smartware': ['FXS_00', 'FXS_01', 'FXS_02', 'FXS_03'],
};

/** A unit of a layout whose ports have been read. */
export function unitOf(layout: ConfigLayout, model = layout.models[0] ?? null): ConfigUnit {
  const names = PORT_NAMES[layout.format];
  return {
    model,
    firmware: null,
    ...(names !== undefined && { portNames: new Map(names.map((name, at) => [at + 1, name])) }),
  };
}
