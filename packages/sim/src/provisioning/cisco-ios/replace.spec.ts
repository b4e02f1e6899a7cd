import { describe, expect, test } from 'vitest';
import { CONFIG, started, EXEC, shellOf } from '../../testing/ios-unit.ts';

describe('configure replace', () => {
  const replacing = async (text: string, more: string) => {
    const it = await started();
    await it.pass(10);
    const shell = await shellOf(it);
    it.files.pages.set('/f', text);
    return { it, shell, output: await shell.ask(`configure replace http://${it.files.host}/f force ${more}`, EXEC) };
  };
  const WRONG = CONFIG.replace('sip.example.net', 'down.example.net');

  test('goes back by itself unless it is confirmed', async () => {
    const { it } = await replacing(WRONG, 'revert trigger error timer 5');
    await it.pass(20);
    expect(it.registrations()).toEqual(['unreachable', 'unreachable']);
    await it.pass(300);
    expect(it.registrations()).toEqual(['registered', 'registered']);
  });

  test('stays once it is confirmed', async () => {
    const { it, shell } = await replacing(WRONG, 'timer 5');
    await shell.ask('configure confirm', EXEC);
    await it.pass(320);
    expect(it.registrations()).toEqual(['unreachable', 'unreachable']);
    expect(await shell.ask('configure confirm', EXEC)).toContain('%No Rollback Confirmed Change pending');
  });

  test('with a bad line applies the rest and prints it, or with a trigger keeps all', async () => {
    const bad = WRONG.replace('cptone GB', 'cptone Atlantis');
    const applied = await replacing(bad, '');
    expect(applied.output).toMatch(/cptone Atlantis[\s\S]*Rollback aborted after 5 passes/);
    await applied.it.pass(20);
    expect(applied.it.registrations()[0]).toBe('unreachable');
    const kept = await replacing(bad, 'revert trigger error timer 5');
    expect(kept.output).toContain('cptone Atlantis');
    await kept.it.pass(20);
    expect(kept.it.registrations()[0]).toBe('registered');
  });

  test('without indentation the lines of a mode are unknown', async () => {
    const { output } = await replacing(CONFIG.replaceAll('\n ', '\n'), '');
    expect(output).toContain('cptone GB');
  });

  test('a file that cannot be had changes nothing, and without force it asks', async () => {
    const { it, shell } = await replacing(CONFIG, '');
    expect(await shell.ask(`configure replace http://${it.files.host}/none force`, EXEC)).toContain('%Error opening');
    await shell.ask(`configure replace http://${it.files.host}/f`, /\? \[no\]: $/);
    await shell.ask('', EXEC);
  });
});
