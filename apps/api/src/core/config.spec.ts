import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const enough = {
  DATABASE_URL: 'postgresql://owner:pw@db.example.com:5432/loopstart',
  DATABASE_APP_URL: 'postgresql://app:pw@db.example.com:5432/loopstart',
  LOOPSTART_SECRET_KEY: key,
};

test('few variables are required', () => {
  expect(readConfig(enough)).toMatchObject({
    PORT: 4000,
    MQTT_PORT: 8883,
    MQTT_PUBLIC_URL: 'mqtts://localhost:8883',
    RETENTION_RAW_HOURS: 48,
    LOG_LEVEL: 'info',
    mqttHostNames: ['localhost', '127.0.0.1'],
  });
});

test('an empty variable counts as not set', () => {
  expect(readConfig({ ...enough, PORT: '', REDIS_URL: '' })).toMatchObject({ PORT: 4000 });
});

test('internal destinations of webhooks are listed; ports of the internet can be changed', () => {
  const config = readConfig({
    ...enough,
    LOOPSTART_OUTBOUND_ALLOW: 'desk.corp, 10.1.0.0/16',
    LOOPSTART_OUTBOUND_PORTS: '443,9443',
  });
  expect([...config.LOOPSTART_OUTBOUND_ALLOW.hosts]).toEqual(['desk.corp']);
  expect(config.LOOPSTART_OUTBOUND_ALLOW.networks).toHaveLength(1);
  expect(config.LOOPSTART_OUTBOUND_PORTS).toEqual([443, 9443]);
  expect(readConfig(enough)).toMatchObject({ LOOPSTART_OUTBOUND_PORTS: [443, 8443] });
  for (const wrong of [
    { LOOPSTART_OUTBOUND_ALLOW: '10.0.0.0/99' },
    { LOOPSTART_OUTBOUND_PORTS: 'all' },
    { SMTP_URL: 'mail' },
  ])
    expect(() => readConfig({ ...enough, ...wrong })).toThrow(Object.keys(wrong)[0]);
});

test('agents reach the broker at the configured address', () => {
  const config = readConfig({
    ...enough,
    PUBLIC_URL: 'https://voice.example.com',
    MQTT_PORT: '9883',
    MQTT_HOST_NAMES: 'mqtt.example.com',
  });
  expect(config.MQTT_PUBLIC_URL).toBe('mqtts://voice.example.com:9883');
  expect(config.mqttHostNames).toEqual(['mqtt.example.com', 'voice.example.com']);
  expect(readConfig({ ...enough, MQTT_URL: 'mqtts://emqx:8883' }).MQTT_PUBLIC_URL).toBe('mqtts://emqx:8883');
});

test('the key may be in a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'loopstart-key-')), 'key');
  writeFileSync(file, `${key}\n`);
  const { LOOPSTART_SECRET_KEY: _, ...rest } = enough;
  expect(readConfig({ ...rest, LOOPSTART_SECRET_KEY_FILE: file }).secretKeys()).toEqual([Buffer.alloc(32, 1)]);
});

describe('an invalid variable is refused by its name', () => {
  test.for([
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'mysql://db/loopstart'],
    ['DATABASE_URL', 'not a url'],
    ['DATABASE_APP_URL', undefined],
    ['DATABASE_APP_URL', 'not a url'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'voice.example.com'],
    ['TRUSTED_PROXIES', 'proxy.example.com'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['LOOPSTART_CONSOLE_KEY', 'short'],
    ['MQTT_URL', 'http://broker'],
    ['REDIS_URL', 'localhost:6379'],
    ['LOOPSTART_SECRET_KEY', undefined],
    ['LOOPSTART_SECRET_KEY', 'c2hvcnQ='],
    ['RETENTION_RAW_HOURS', '1'],
    ['RETENTION_HISTORY_MONTHS', '0'],
    ['LOG_LEVEL', 'loud'],
    ['INITIAL_EMAIL', 'ada'],
    ['INITIAL_PASSWORD', 'elevenchars'],
    ['INITIAL_PASSWORD_FILE', '/nowhere/password'],
    ['METRICS_TOKEN', 'short'],
  ] as const)('%s = %s', ([name, value]) => {
    expect(() => readConfig({ ...enough, [name]: value })).toThrow(name);
  });

  test('a key file that is not there', () => {
    const { LOOPSTART_SECRET_KEY: _, ...rest } = enough;
    expect(() => readConfig({ ...rest, LOOPSTART_SECRET_KEY_FILE: '/nowhere/key' })).toThrow(
      'LOOPSTART_SECRET_KEY_FILE cannot be read',
    );
  });

  test('several at once', () => {
    expect(() => readConfig({ ...enough, PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT: .*LOG_LEVEL: /);
  });
});
