import { describe, expect, test } from 'vitest';
import { bytesOf, checkFormat, parsed, patchedText, valuesOf } from '../../testing/config-format-checks.ts';
import type { ConfigChange } from '../format.ts';
import { ciscoFlatProfile } from './cisco-flat-profile.ts';

const PROFILE = `<?xml version="1.0"?>
<flat-profile>
<!-- Line 1 -->
<User_ID_1_ ua="na">2001</User_ID_1_> <!-- options: none -->
<Password_1_ ua="rw"/>
<!-- <GPP_SA></GPP_SA> -->
<Dial_Plan_1_>(112S0|xxxx|&lt;9:&gt;x.)</Dial_Plan_1_>
<router-configuration>
<SNMP>
<SNMP_Enabled>0</SNMP_Enabled>
<!-- <Get_Password></Get_Password> -->
</SNMP>
<Internet_Option>
<Host_Name>SPA122</Host_Name>
</Internet_Option>
</router-configuration>
</flat-profile>
`;

const isIn = (container: string, key: string) => key.startsWith(`${container}/`) || key.startsWith(`${container}@`);

const incremental = (changes: ConfigChange[], text: string | null = PROFILE) =>
  ciscoFlatProfile.incremental?.(changes, { document: text === null ? null : parsed(ciscoFlatProfile, text) });

describe('Cisco flat profile', () => {
  checkFormat(ciscoFlatProfile, {
    text: PROFILE,
    newKeys: ['Use_Auth_ID_1_', 'Dial_Plan_1_@ua', 'router-configuration/SNMP/Trap_IP', 'Use_Auth_ID_1_@ua'],
    containers: ['router-configuration/SNMP', 'router-configuration'],
    isIn,
  });

  test('reads nested values by their path, attributes and masked values', () => {
    const document = parsed(ciscoFlatProfile, PROFILE);
    expect(valuesOf(ciscoFlatProfile, document)).toEqual({
      User_ID_1_: '2001',
      'User_ID_1_@ua': 'na',
      Password_1_: '',
      'Password_1_@ua': 'rw',
      GPP_SA: null,
      Dial_Plan_1_: '(112S0|xxxx|<9:>x.)',
      'router-configuration/SNMP/SNMP_Enabled': '0',
      'router-configuration/SNMP/Get_Password': null,
      'router-configuration/Internet_Option/Host_Name': 'SPA122',
    });
    expect(ciscoFlatProfile.settings(document).get('GPP_SA')).toMatchObject({ secret: 'masked', line: 6 });
    expect(ciscoFlatProfile.evidence(document).hostName).toBe('SPA122');
  });

  test('puts a value in the place of the comment that masked it, and what is new beside its kind', () => {
    const text = patchedText(ciscoFlatProfile, PROFILE, [
      { kind: 'set', key: 'GPP_SA', value: 'a&b' },
      { kind: 'set', key: 'Password_1_', value: 'secret' },
      { kind: 'set', key: 'Password_1_@ua', value: 'na' },
      { kind: 'set', key: 'Register_1_', value: 'Yes' },
      { kind: 'set', key: 'Register_1_@ua', value: 'ro' },
    ]);
    expect(text).toBe(
      PROFILE.replace('<!-- <GPP_SA></GPP_SA> -->', '<GPP_SA>a&amp;b</GPP_SA>')
        .replace('<Password_1_ ua="rw"/>', '<Password_1_ ua="na">secret</Password_1_>')
        .replace('</Dial_Plan_1_>\n', '</Dial_Plan_1_>\n<Register_1_ ua="ro">Yes</Register_1_>\n'),
    );
  });

  test('writes a sparse profile that keeps the attributes of the unit', () => {
    const made = incremental([
      { kind: 'set', key: 'User_ID_1_', value: '3001' },
      { kind: 'set', key: 'router-configuration/SNMP/SNMP_Enabled', value: '1' },
    ]);
    expect(made).toEqual({
      ok: true,
      text: [
        '<?xml version="1.0"?>',
        '<flat-profile>',
        '<User_ID_1_ ua="na">3001</User_ID_1_>',
        '<router-configuration>',
        '<SNMP>',
        '<SNMP_Enabled>1</SNMP_Enabled>',
        '</SNMP>',
        '</router-configuration>',
        '</flat-profile>',
        '',
      ].join('\n'),
    });
  });

  test.for<[string, ConfigChange]>([
    ['a removal', { kind: 'remove', key: 'User_ID_1_' }],
    ['a name that would be an element', { kind: 'set', key: 'a><b', value: '1' }],
    ['a path that would be an element', { kind: 'set', key: 'a><b/c', value: '1' }],
    ['an attribute of a value that is not known', { kind: 'set', key: 'Auth_ID_1_@ua', value: 'na' }],
    ['another access', { kind: 'set', key: 'User_ID_1_@ua', value: 'all' }],
  ])('refuses a sparse profile with %s', ([, change]) => {
    expect(incremental([change])).toMatchObject({ ok: false });
  });

  test('finds the profile within other elements', () => {
    const text = '<device><other>1</other><flat-profile><Line_Enable_1_>Yes</Line_Enable_1_></flat-profile></device>';
    expect(valuesOf(ciscoFlatProfile, parsed(ciscoFlatProfile, text))).toEqual({ Line_Enable_1_: 'Yes' });
  });

  test('refuses entities of a document type', () => {
    const text = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><flat-profile><A>&b;</A></flat-profile>';
    const result = ciscoFlatProfile.parse(bytesOf(text));
    expect(result).toMatchObject({ ok: false, errors: [{ found: 'a document type declaration' }] });
  });
});
