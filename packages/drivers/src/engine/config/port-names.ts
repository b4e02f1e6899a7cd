import type { ConfigLayout } from '../slices/config.ts';

/** For configurations that list ports of every kind without their positions: the inventory has the names. */
export const namesOfInventory: NonNullable<ConfigLayout['portNames']> = () => new Map();
