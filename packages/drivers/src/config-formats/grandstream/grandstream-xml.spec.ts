import { describe, expect, test } from 'vitest';
import { bytesOf, checkFormat, parsed, patchedText, textOf, valuesOf } from '../../testing/config-format-checks.ts';
import { grandstreamXml } from './grandstream-xml.ts';

const FILE = `<?xml version="1.0" encoding="UTF-8"?>
<!-- an own example -->
<gs_provision version="1">
<mac>000B82000001</mac>
  <config version="1">
    <P4060>2001</P4060> <!-- port 1 -->
    <P4120>a&amp;b &lt;c&gt;</P4120>
    <P8214>blob
of two lines
</P8214>
    <P30/>
    <P99>first
second
</P99>
    <P47>10.0.0.10</P47>
    <P4060>2002</P4060>
  </config>
</gs_provision>
`;

const errorsOf = (text: string) => {
  const result = grandstreamXml.parse(bytesOf(text));
  return result.ok ? [] : result.errors;
};

const inConfig = (text: string) =>
  `<gs_provision version="1">\n<config version="1">\n${text}\n</config></gs_provision>`;

describe('Grandstream P-values', () => {
  checkFormat(grandstreamXml, { text: FILE, newKeys: ['P48', 'P1361'], containers: [], isIn: () => false });

  test('reads values unescaped, the last of duplicates, without generated noise', () => {
    const document = parsed(grandstreamXml, FILE);
    expect(valuesOf(grandstreamXml, document)).toEqual({
      P4060: '2002',
      P4120: 'a&b <c>',
      P30: '',
      P99: 'first\nsecond',
      P47: '10.0.0.10',
    });
    expect(document.notes).toEqual([
      {
        kind: 'duplicate-key',
        line: 16,
        key: 'P4060',
        text: 'P4060 is set 2 times, first on line 6; line 16 counts',
      },
    ]);
    expect(grandstreamXml.evidence(document).mac).toBe('000b82000001');
  });

  test('touches the changed values alone, every one of a duplicate', () => {
    const text = patchedText(grandstreamXml, FILE, [
      { kind: 'set', key: 'P4060', value: '3001' },
      { kind: 'set', key: 'P30', value: '<&">' },
      { kind: 'set', key: 'P48', value: 'sip.example.com' },
      { kind: 'remove', key: 'P47' },
    ]);
    expect(text).toBe(
      FILE.replace('2001', '3001')
        .replace('<P30/>', '<P30>&lt;&amp;&quot;&gt;</P30>')
        .replace('    <P47>10.0.0.10</P47>\n', '')
        .replace('<P4060>2002</P4060>', '<P4060>3001</P4060>\n    <P48>sip.example.com</P48>'),
    );
  });

  test('writes a file with the changes alone, for one unit', () => {
    const made = grandstreamXml.incremental?.([{ kind: 'set', key: 'P4060', value: 'a&b' }], {
      document: null,
      mac: '000B82000001',
    });
    if (made?.ok !== true) throw new Error('refused');
    const document = parsed(grandstreamXml, made.text);
    expect(valuesOf(grandstreamXml, document)).toEqual({ P4060: 'a&b' });
    expect(grandstreamXml.evidence(document).mac).toBe('000b82000001');
  });

  test('does not write a removal that the unit would ignore', () => {
    const made = grandstreamXml.incremental?.([{ kind: 'remove', key: 'P47' }], { document: null });
    expect(made).toMatchObject({ ok: false, errors: [{ key: 'P47', character: null }] });
  });

  test('names key and character of a value that it cannot hold', () => {
    const result = grandstreamXml.patch(parsed(grandstreamXml, FILE), [{ kind: 'set', key: 'P47', value: 'a\nb' }]);
    expect(result).toEqual({
      ok: false,
      errors: [
        {
          key: 'P47',
          character: 'a line feed',
          reason: 'the value of P47 contains a line feed, which an element of XML cannot hold on one line',
        },
      ],
    });
  });

  test.for([
    ['a wrong end tag', inConfig('<P1>0</1>'), 3, '</P1> for the element of line 3', '</1>'],
    ['a bare ampersand', inConfig('<P1>a&b</P1>'), 3, undefined, 'a bare "&"'],
    ['an unknown entity', inConfig('<P1>&lol;</P1>'), 3, undefined, '"&lol;"'],
    ['a character that XML excludes', inConfig('<P1>&#0;</P1>'), 3, undefined, '"&#0;"'],
    [
      'an entity bomb',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><gs_provision><config><P1>&b;</P1></config></gs_provision>',
      1,
      'no document type',
      'a document type declaration',
    ],
    ['elements in a value', inConfig('<P1><P2>0</P2></P1>'), 3, 'a value of P1', 'an element P2'],
    ['elements without end', inConfig('<a>'.repeat(100_000)), 3, 'at most 16 levels of elements', 'another level'],
    ['a second root', `${inConfig('')}\n<gs_provision/>`, 5, 'the end of the file', 'a second root element'],
    ['text behind the end', `${inConfig('')}\ntext`, 4, 'the end of the file', 'text outside of the root element'],
    ['another version', '<gs_provision><config version="2"/></gs_provision>', 1, 'P-values of version 1', 'version 2'],
    ['no values', '<gs_provision version="1"></gs_provision>', 1, 'the element config', 'none'],
    ['a binary file', 'P47=1\0', 1, 'text', 'the control character U+0000'],
  ] as const)('refuses %s', ([, text, line, expected, found]) => {
    expect(errorsOf(text)).toEqual([{ line, expected: expected ?? expect.any(String), found }]);
  });

  test('writes bytes that are no UTF-8 again, and says so', () => {
    const bytes = Uint8Array.from(Buffer.from(inConfig('<P3>Caf\u00e9</P3>'), 'latin1'));
    const result = grandstreamXml.parse(bytes);
    if (!result.ok) throw new Error('refused');
    expect(grandstreamXml.settings(result.document).get('P3')?.value).toBe('Café');
    expect(result.notes.map(({ kind }) => kind)).toEqual(['not-utf-8']);
    expect(grandstreamXml.render(result.document)).toEqual(bytes);
    const refused = grandstreamXml.patch(result.document, [{ kind: 'set', key: 'P3', value: '漢' }]);
    expect(refused).toMatchObject({ ok: false, errors: [{ key: 'P3', character: '"漢"' }] });
    const changed = grandstreamXml.patch(result.document, [{ kind: 'set', key: 'P3', value: 'ü' }]);
    expect(changed.ok && Buffer.from(grandstreamXml.render(changed.document)).toString('latin1')).toContain(
      '<P3>ü</P3>',
    );
  });

  test('reads a file of another vendor as what it is', () => {
    expect(errorsOf('cli version 3.20\ncontext cs switch\n')).toEqual([
      {
        line: 1,
        expected: 'a Grandstream P-value file',
        found: 'a Patton SmartWare configuration (cli version 3)',
      },
    ]);
    expect(textOf(bytesOf('é'))).toBe('é');
  });
});
