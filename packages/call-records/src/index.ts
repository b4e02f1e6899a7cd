export { readAsteriskCsv } from './makers/asterisk.ts';
export { readFreeSwitchCsv } from './makers/freeswitch.ts';
export { MEDIATRIX_FORMAT } from './makers/mediatrix.ts';
export type { CallDraft, Layout, LineReading } from './read-line.ts';
export { CALL_RECORD_VENDORS, NO_LAYOUT, readSyslog, SYSLOG_BYTES_MAX, syslogHost } from './read-syslog.ts';
export { type Frames, tcpFrames } from './syslog/framing.ts';
