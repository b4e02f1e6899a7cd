import { describe, expect, test } from 'vitest';
import { parseSyslog } from './message.ts';

describe('a syslog message', () => {
  test.for([
    [
      'RFC 5424 (6.5, example 1)',
      "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed",
      { form: 'rfc5424', facility: 4, severity: 2, host: 'mymachine.example.com', app: 'su', text: "'su root' failed" },
    ],
    [
      'RFC 5424 without host and application',
      '<165>1 - - - - - - text',
      { form: 'rfc5424', host: null, app: null, text: 'text' },
    ],
    [
      'structured data with an escaped bracket and quote',
      String.raw`<165>1 - h a - - [x@1 a="b \] \" ] c"][y@2] text`,
      { form: 'rfc5424', text: 'text' },
    ],
    [
      'structured data without an end is no RFC 5424',
      '<165>1 - h a - - [x@1 a="b',
      { form: 'bare', text: '1 - h a - - [x@1 a="b' },
    ],
    ['another version is no RFC 5424', '<165>2 - h a - - - text', { form: 'bare' }],
    [
      'RFC 3164 (5.4, example 1)',
      "<34>Oct 11 22:14:15 mymachine su: 'su root' failed",
      { form: 'rfc3164', facility: 4, host: 'mymachine', app: 'su', text: "'su root' failed" },
    ],
    [
      'RFC 3164 with a process id and a day of one digit',
      '<34>Feb  5 17:32:18 10.0.0.99 app[12]: Use',
      { form: 'rfc3164', host: '10.0.0.99', app: 'app', text: 'Use' },
    ],
    [
      'a priority and text alone',
      '<142>[S=3] |CALL_END|',
      { form: 'bare', facility: 17, severity: 6, host: null, text: '[S=3] |CALL_END|' },
    ],
    ['a priority that does not exist', '<192>text', { form: 'bare', facility: null, text: '<192>text' }],
    ['no priority', 'text', { form: 'bare', facility: null, text: 'text' }],
    ['nothing', '', { form: 'bare', text: '' }],
  ] as const)('%s', ([, line, expected]) => {
    expect(parseSyslog(line)).toMatchObject(expected);
  });
});
