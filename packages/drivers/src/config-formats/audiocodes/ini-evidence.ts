import type { ConfigEvidence } from '../format.ts';

const HEADER = /^;\s*(Board|Serial Number|Software Version|Mac Address):(.{0,100})$/i;

/** What one remark of the header says of the unit. */
export function evidenceIn(remark: string): Partial<ConfigEvidence> {
  const [, name = '', text = ''] = HEADER.exec(remark) ?? [];
  const value = text.trim();
  if (value === '') return {};
  switch (name.toLowerCase()) {
    case 'board':
      return { model: value };
    case 'serial number':
      return { serial: value };
    case 'software version':
      return { version: value };
    default: {
      const mac = value.toLowerCase().replaceAll(/[:.-]/g, '');
      return /^[0-9a-f]{12}$/.test(mac) ? { mac } : {};
    }
  }
}
