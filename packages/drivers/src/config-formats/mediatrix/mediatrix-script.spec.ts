import { describe, expect, test } from 'vitest';
import { bytesOf, checkFormat, parsed, patchedText, valuesOf } from '../../testing/config-format-checks.ts';
import type { ConfigChange } from '../format.ts';
import { mediatrixScript } from './mediatrix-script.ts';

const SCRIPT = `####
# An own example
Hoc.HostName = "gw-1"
Aaa.Users.DeleteAllRows
Aaa.InsertUser UserName=admin
Aaa.InsertUser UserName=guest
Aaa.Users[UserName=admin].Password = "secret"
Aaa.Users[UserName=guest].Password = ""
Aaa.ServicesAaa[Service=Cli Priority=1].Type = "Local"
CRout.MappingExpression.DeleteAllRows
CRout.InsertMappingExpression
CRout.InsertMappingExpression
CRout.MappingExpression[Index=1].Transformation = "\\\\1"
CRout.MappingExpression[Index=2].Transformation = "0\\\\0"
CRout.ApplyConfig
SipEp.Authentication.DeleteAllRows
SipEp.Authentication[Index=1].Username = "2001"
SipEp.DefaultStaticRegistrarServerHost = "10.0.0.10:0"
Scm.RestartRequiredServices
###### END ######
`;

const isIn = (container: string, key: string) => key.startsWith(`${container}.`) || key.startsWith(`${container}[`);

const incremental = (...changes: ConfigChange[]) =>
  mediatrixScript.incremental?.(changes, { document: parsed(mediatrixScript, SCRIPT) });

describe('Mediatrix script', () => {
  checkFormat(mediatrixScript, {
    text: SCRIPT,
    newKeys: [
      'Aaa.Users[UserName=other].Password',
      'Aaa.Users[UserName=other].AccessRights',
      'CRout.MappingExpression[Index=3].Transformation',
      'CRout.MappingExpression[Index=9].Transformation',
      'SipEp.UserAgent[EpId=Fxs1].Username',
      'Nlm.SyslogRemoteHost',
    ],
    containers: [
      'Aaa.Users[UserName=guest]',
      'Aaa.Users',
      'CRout.MappingExpression[Index=2]',
      'CRout.MappingExpression[Index=1]',
    ],
    isIn,
  });

  test('reads scalars and rows with one key or two, with their escapes', () => {
    const document = parsed(mediatrixScript, SCRIPT);
    expect(valuesOf(mediatrixScript, document)).toEqual({
      'Hoc.HostName': 'gw-1',
      'Aaa.Users[UserName=admin].Password': 'secret',
      'Aaa.Users[UserName=guest].Password': '',
      'Aaa.ServicesAaa[Service=Cli Priority=1].Type': 'Local',
      'CRout.MappingExpression[Index=1].Transformation': '\\1',
      'CRout.MappingExpression[Index=2].Transformation': '0\\0',
      'SipEp.Authentication[Index=1].Username': '2001',
      'SipEp.DefaultStaticRegistrarServerHost': '10.0.0.10:0',
    });
    expect(mediatrixScript.settings(document).get('Aaa.Users[UserName=admin].Password')?.secret).toBe('plain');
    expect(mediatrixScript.evidence(document).hostName).toBe('gw-1');
  });

  test('makes and removes rows with their commands', () => {
    const text = patchedText(mediatrixScript, SCRIPT, [
      { kind: 'remove', key: 'Aaa.Users[UserName=guest]' },
      { kind: 'set', key: 'Aaa.Users[UserName=other].Password', value: 'a\\b' },
      { kind: 'set', key: 'CRout.MappingExpression[Index=3].Transformation', value: '1' },
      { kind: 'set', key: 'SipEp.Authentication[Index=2].Username', value: '2002' },
    ]);
    expect(text).toBe(
      SCRIPT.replace('Aaa.InsertUser UserName=guest\n', 'Aaa.InsertUser UserName=other\n')
        .replace('Aaa.Users[UserName=guest].Password = ""\n', 'Aaa.Users[UserName=other].Password = "a\\\\b"\n')
        .replace('CRout.InsertMappingExpression\n', 'CRout.InsertMappingExpression\nCRout.InsertMappingExpression\n')
        .replace('CRout.ApplyConfig', 'CRout.MappingExpression[Index=3].Transformation = "1"\nCRout.ApplyConfig')
        .replace('Username = "2001"\n', 'Username = "2001"\nSipEp.Authentication[Index=2].Username = "2002"\n'),
    );
  });

  test('writes changes alone, and applies them', () => {
    expect(
      incremental(
        { kind: 'set', key: 'SipEp.UserAgent[EpId=Fxs1].Username', value: '2001' },
        { kind: 'set', key: 'CRout.MappingExpression[Index=1].Transformation', value: '\\2' },
      ),
    ).toEqual({
      ok: true,
      text: [
        'SipEp.UserAgent[EpId=Fxs1].Username = "2001"',
        'CRout.MappingExpression[Index=1].Transformation = "\\\\2"',
        'CRout.ApplyConfig',
        'Scm.RestartRequiredServices',
        '',
      ].join('\n'),
    });
  });

  test('empties a table to remove a row of it', () => {
    expect(incremental({ kind: 'remove', key: 'Aaa.Users[UserName=guest]' })).toEqual({
      ok: true,
      text: [
        'Aaa.Users.DeleteAllRows',
        'Aaa.InsertUser UserName=admin',
        'Aaa.Users[UserName=admin].Password = "secret"',
        'Scm.RestartRequiredServices',
        '',
      ].join('\n'),
    });
  });

  test.for<[string, ConfigChange]>([
    ['a scalar that is removed', { kind: 'remove', key: 'Hoc.HostName' }],
    ['a row in a table that cannot be emptied', { kind: 'remove', key: 'Aaa.ServicesAaa[Service=Cli Priority=1]' }],
    ['a numbered row before the last one', { kind: 'remove', key: 'CRout.MappingExpression[Index=1]' }],
    ['a name that is a command', { kind: 'set', key: 'Scm.RestartRequiredServices\nA.B', value: '1' }],
    ['a quote', { kind: 'set', key: 'Hoc.HostName', value: 'a"b' }],
  ])('refuses %s', ([, change]) => {
    expect(incremental(change)).toMatchObject({ ok: false, errors: [{ key: change.key }] });
  });

  test.for([
    ['A.B = "open', 1, 'a closing double quote'],
    ['A.B = "a" b', 1, 'the end of the line'],
    ['A.B = "a"\nword', 2, 'a name, such as SipEp.UserAgent[EpId=Fxs1].Username'],
    ['A.B = "a"\nA.C[Index=1.D = "a"', 2, 'a name, such as SipEp.UserAgent[EpId=Fxs1].Username'],
  ] as const)('refuses %j', ([text, line, expected]) => {
    const result = mediatrixScript.parse(bytesOf(text));
    expect(result).toMatchObject({ ok: false, errors: [{ line, expected }] });
  });
});
