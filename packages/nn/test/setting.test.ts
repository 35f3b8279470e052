import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect } from 'vitest';
import { SettingError, setting } from '../src/index.ts';
import { provideSettings, settingsAsked } from '../src/observe.ts';

afterEach(() => provideSettings({}));

describe('without anyone who provides', () => {
  test('it is the default', () => {
    expect([setting('lr', 0.1), setting('activation', 'relu'), setting('bias', false)]).toEqual([0.1, 'relu', false]);
  });

  test('names that every object has are no settings', () => {
    expect(setting('constructor', 'none')).toBe('none');
  });
});

describe('what is provided', () => {
  test.prop([fc.double({ noNaN: true })])('is read back as a number, from a number or its text', (x) => {
    provideSettings({ plain: x, text: String(x) });
    expect(setting('plain', 1)).toBe(x);
    expect(setting('text', 1)).toBe(x === 0 ? 0 : x);
  });

  test.prop([fc.string()])('is read back as text', (text) => {
    provideSettings({ text });
    expect(setting('text', 'default')).toBe(text);
  });

  test.prop([fc.boolean()])('is read back as a truth value, from one or its text', (truth) => {
    provideSettings({ plain: truth, text: String(truth) });
    expect([setting('plain', !truth), setting('text', !truth)]).toEqual([truth, truth]);
  });

  test('is gone when other settings are provided', () => {
    provideSettings({ lr: 1 });
    provideSettings({ depth: 3 });
    expect(setting('lr', 0.1)).toBe(0.1);
  });
});

test('the names that were asked for are known, each once, from when settings were provided', () => {
  setting('before', 1);
  provideSettings({ lr: 1 });
  for (const name of ['depth', 'lr', 'depth']) setting(name, 1);
  expect(settingsAsked()).toEqual(['depth', 'lr']);
});

test.each([
  ['fast', 0.1, 'setting "x" is "fast", expected a number, as its default 0.1 is.'],
  ['', 0.1, 'setting "x" is "", expected a number, as its default 0.1 is.'],
  ['NaN', 0.1, 'setting "x" is "NaN", expected a number, as its default 0.1 is.'],
  ['yes', true, 'setting "x" is "yes", expected a boolean, as its default true is.'],
  [1, false, 'setting "x" is 1, expected a boolean, as its default false is.'],
])('%j is refused beside the default %s', (given, fallback, message) => {
  provideSettings({ x: given });
  expect(() => setting('x', fallback as number)).toThrow(new SettingError(message));
});
