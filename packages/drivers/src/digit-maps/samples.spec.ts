import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { onGateway } from '../testing/dial-table.ts';

/** Files of real shape, kept outside the repository. Each test is skipped, and says so, where its file is absent. */
const SAMPLES = fileURLToPath(new URL('../../../../../shared/config-samples/', import.meta.url));
const inFile = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(SAMPLES + file, 'utf8').matchAll(pattern)].map(([, text]) => text!);

describe('maps of real files read (skipped where ../shared is absent)', () => {
  test.skipIf(!existsSync(`${SAMPLES}cisco-spa122-flat-profile.xml`))('Cisco SPA122 and ATA192', () => {
    for (const file of ['cisco-spa122-flat-profile.xml', 'cisco-ata192-flat-profile.xml']) {
      const [dialPlan] = inFile(file, /<Dial_Plan_1_[^>]*>(.*?)</g);
      const map = { language: 'cisco-spa', dialPlan: dialPlan! } as const;
      expect(onGateway(map, '911')).toEqual(['911', 3, 3000]);
      expect(onGateway(map, '*72')).toEqual(['*72', 3, 0]);
      expect(onGateway(map, '18002001234')).toEqual(['18002001234', 11, 0]);
    }
  });

  test.skipIf(!existsSync(`${SAMPLES}grandstream-ht814-export.xml`))('Grandstream HT802, HT814 and GXW4224', () => {
    for (const model of ['ht802', 'ht814', 'gxw4224']) {
      const [dialPlan] = inFile(`grandstream-${model}-export.xml`, /<P4200>([^<]*)</g);
      const map = { language: 'grandstream', dialPlan: dialPlan!, noKeyEntryTimeoutS: 4, hashSends: true } as const;
      expect(onGateway(map, '112')).toEqual(['112', 3, 4000]);
      expect(onGateway(map, '*21*2001#')).toEqual(['*21*2001', 9, 0]);
    }
  });

  test.skipIf(!existsSync(`${SAMPLES}patton-sn4114-fxs-fxo-smartware.cfg`))('Patton SN4114', () => {
    const keys = inFile('patton-sn4114-fxs-fxo-smartware.cfg', /^\s+route (\S+) dest-interface/gm);
    expect(keys).toContain('.T');
    const map = {
      language: 'patton',
      routes: keys.map((key) => ({ key, mapping: null })),
      digitCollectionTimeoutS: 5,
      addressCompletionTimeoutS: 12,
    } as const;
    expect(onGateway(map, '2001')).toEqual(['2001', 4, 0]);
    expect(onGateway(map, '3001')).toEqual(['3001', 4, 5000]);
  });

  test.skipIf(!existsSync(`${SAMPLES}mediatrix-4402-script-export.cfg`))('Mediatrix 4402', () => {
    const rows = inFile('mediatrix-4402-script-export.cfg', /CallDtmfMapAllowed\[Index=\d+\]\.DtmfMap = "(.*?)"/g);
    const map = {
      language: 'mediatrix',
      allowed: rows.map((dtmfMap) => ({ dtmfMap, transformation: dtmfMap.endsWith('#') ? 'x{#}' : 'x' }) as const),
      refused: [],
      interDtmfTimeoutMs: 4000,
    } as const;
    expect(onGateway(map, '2001#')).toEqual(['2001', 5, 0]);
    expect(onGateway(map, '2001')).toEqual(['2001', 4, 4000]);
  });

  test.skipIf(!existsSync(`${SAMPLES}vega50-4fxs-2fxo-put.txt`))('Vega 50', () => {
    const plans = inFile('vega50-4fxs-2fxo-put.txt', /profile\.\d+\.plan\.\d+\.srce="[^"]*TEL:([^"]*)"/g);
    expect(plans.length).toBeGreaterThan(4);
    const map = {
      language: 'vega',
      plans: plans.map((telephone) => ({ telephone, destination: telephone.includes('<') ? '<1>' : '1' })),
      dialTimeoutS: 5,
      dialDigit: '#',
    } as const;
    expect(onGateway(map, '2001#')).toEqual(['2001', 5, 0]);
  });

  test.skipIf(!existsSync(`${SAMPLES}cisco-isr2901-fxs-voice.cfg`))('Cisco ISR 2901', () => {
    const patterns = inFile('cisco-isr2901-fxs-voice.cfg', /destination-pattern (\S+)/g);
    const map = {
      language: 'cisco-ios',
      peers: patterns.map((destinationPattern, tag) => ({
        tag,
        destinationPattern,
        preference: 0,
        translationRules: [],
      })),
      interDigitTimeoutS: 10,
    } as const;
    expect(onGateway(map, '48001')).toEqual(['48001', 5, 0]);
    expect(onGateway(map, '67123')).toEqual(['67123', 5, 10_000]);
  });
});
