import type { FieldId } from '@loopstart/domain';
import type { ConfiguredUnit } from '../engine/slices/config.ts';

/** A file of a real unit, and facts of it. */
export interface ConfigSample {
  readonly file: string;
  readonly driver: string;
  readonly unit: ConfiguredUnit;
  /** Settings whose table the file does not have, so that its format cannot add a row. */
  readonly without?: readonly FieldId[];
  readonly gateway: object;
  /** By position. */
  readonly ports: Readonly<Record<number, object>>;
}
const unit = (model: string, portNames: readonly string[] = [], firmware: string | null = null): ConfiguredUnit => ({
  model,
  firmware,
  ...(portNames.length > 0 && { portNames: new Map(portNames.map((name, at) => [at + 1, name])) }),
});
const FLASH = { 'line.hookFlashMinMs': 300, 'line.hookFlashMaxMs': 1100 };

/** A few facts of each file, written down by looking at it. */
export const CONFIG_SAMPLES: readonly ConfigSample[] = [
  {
    file: 'grandstream-gxw4224-export.xml',
    driver: 'grandstream-gxw',
    unit: unit('GXW4224'),
    gateway: {
      'sip.transport': 'udp',
      'sip.registrars': [{ host: '10.0.0.10', port: null }],
      'sip.registerExpirySeconds': 3600,
      'media.dtmf': 'rfc4733',
      'fax.transport': 'g711',
      'gateway.ntpServers': ['10.0.0.10'],
      'gateway.provisioningUrl': 'http://fm.grandstream.com/gs',
      'qos.rtpDscp': 12,
    },
    ports: {
      1: { 'port.extension': '2001', 'port.enabled': true, 'line.callWaiting': false, ...FLASH },
      20: { 'port.displayName': '2020' },
    },
  },
  {
    file: 'grandstream-ht814-export.xml',
    driver: 'grandstream-ht',
    unit: unit('HT814'),
    gateway: { 'sip.transport': 'udp', 'fax.transport': 't38', 'network.vlanId': 0, 'gateway.snmp': 'off' },
    ports: {
      1: {
        'port.extension': '2001',
        'port.password': 'secret-01',
        'line.callerIdStandard': 'bellcore-fsk',
        'line.impedance': '600-ohm',
        'line.currentDisconnectMs': 0,
        ...FLASH,
      },
    },
  },
  {
    file: 'cisco-spa122-flat-profile.xml',
    driver: 'cisco-spa',
    unit: unit('SPA122'),
    gateway: {
      'sip.transport': 'udp',
      'qos.sipDscp': 26,
      'qos.rtpDscp': 46,
      'media.dtmfPayloadType': 101,
      'fax.errorCorrection': true,
      'gateway.hostName': 'SPA122',
    },
    ports: {
      1: {
        'port.extension': '2001',
        'port.displayName': 'Room 1',
        'line.impedance': '600-ohm',
        'line.inputGainDb': -3,
        'line.ringCadence': [{ onMs: 2000, offMs: 4000 }],
        'line.hookFlashMinMs': 100,
        'line.hookFlashMaxMs': 900,
        'line.currentDisconnectMs': 500,
        'line.callWaiting': true,
      },
    },
  },
  {
    file: 'cisco-ata192-flat-profile.xml',
    driver: 'cisco-spa',
    unit: unit('ATA192'),
    gateway: { 'qos.rtpDscp': 46, 'network.vlanId': 0, 'gateway.hostName': 'ATA192-MPP' },
    ports: { 1: { 'port.extension': '2001', 'line.modem': 'off' }, 2: { 'line.callWaiting': true } },
  },
  {
    file: 'audiocodes-mp114.ini',
    driver: 'audiocodes',
    unit: unit('MP-114'),
    without: ['port.displayName'],
    gateway: {
      'media.codecs': [
        { codec: 'PCMA', ptimeMs: 20 },
        { codec: 'G729', ptimeMs: 20 },
      ],
      'media.dtmfPayloadType': 101,
      'sip.registrars': [{ host: 'sip.example.com', port: null }],
      'sip.optionsIntervalSeconds': 0,
    },
    ports: {
      1: { 'port.extension': '2001', 'line.callerId': true, 'line.callWaiting': true, 'line.hookFlashMinMs': 100 },
      4: { 'port.extension': '2004' },
    },
  },
  {
    file: 'mediatrix-4402-script-export.cfg',
    driver: 'mediatrix-dgw',
    unit: unit('Mediatrix C710', ['Bri1', 'Bri2']),
    gateway: {
      'sip.registrars': [{ host: '10.0.0.10', port: null }],
      'sip.registerExpirySeconds': 180,
      'sip.srtp': 'off',
      'media.dtmf': 'rfc4733',
      'fax.t38Redundancy': 3,
      'line.country': 'IT',
      'gateway.trapReceivers': ['10.0.10.10'],
    },
    ports: { 1: { 'port.enabled': true } },
  },
  {
    file: 'vega50-4fxs-2fxo-put.txt',
    driver: 'sangoma-vega',
    unit: unit('Vega 50'),
    gateway: {
      'sip.registrars': [{ host: '10.0.0.10', port: null }],
      'sip.domain': '10.0.0.10',
      'sip.registerExpirySeconds': 600,
      'media.dtmf': 'rfc4733',
      'gateway.hostName': 'sangoma4FXS2FXO',
      'gateway.ntpServers': ['10.0.0.10'],
      'network.vlanId': 0,
    },
    ports: {
      1: {
        'line.callerId': true,
        'line.callWaiting': false,
        'line.impedance': 'etsi',
        'line.currentDisconnectMs': 0,
        'line.pulseDialling': true,
        'port.enabled': true,
      },
    },
  },
  {
    file: 'cisco-isr2901-fxs-voice.cfg',
    driver: 'cisco-ios',
    unit: unit('VG204', ['0/0/0', '0/0/1', '0/0/2', '0/0/3']),
    gateway: { 'line.country': 'SK' },
    ports: { 1: { 'port.displayName': '48-0/0/0', 'line.callerId': true }, 4: { 'port.displayName': '48-0/0/3' } },
  },
  {
    file: 'patton-sn4118-fxs-smartware.cfg',
    driver: 'patton-smartnode',
    unit: unit(
      'SN4118/JS',
      Array.from({ length: 8 }, (_, at) => `fxs-0${at}`),
      'R6.9 2016-06-01',
    ),
    gateway: {
      'media.codecs': [
        { codec: 'PCMA', ptimeMs: 20 },
        { codec: 'PCMU', ptimeMs: 20 },
      ],
    },
    ports: {
      1: { 'line.callWaiting': false, 'line.callerIdMoment': 'during-ringing', 'port.enabled': true },
      8: { 'port.enabled': true },
    },
  },
];
