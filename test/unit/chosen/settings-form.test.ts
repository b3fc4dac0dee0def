import { expect, it } from 'vitest';
import { ChosenSettings } from '#engine/providers/chosen/settings.ts';
import { settingsForm } from '#engine/providers/chosen/settings-form.ts';

it('offers every setting of the adapter once, each with the default that the adapter has', () => {
  const defaults = ChosenSettings.parse({});
  expect(settingsForm.map(({ name }) => name).toSorted()).toEqual(Object.keys(defaults).toSorted());
  expect(Object.fromEntries(settingsForm.map(({ name, defaultValue }) => [name, defaultValue]))).toEqual(defaults);
});

it('offers no choice and no end of a range that the adapter would refuse', () => {
  for (const { name, choices, min, max } of settingsForm) {
    const offered = [...(choices ?? []), ...(min === null ? [] : [min]), ...(max === null ? [] : [max])];
    for (const value of offered) expect(ChosenSettings.safeParse({ [name]: value }).success).toBe(true);
  }
});

it.each(['', '/api/generations?cursor={cursor}'])('takes "%s" for a path of the list', (listPath) => {
  expect(ChosenSettings.parse({ listPath }).listPath).toBe(listPath);
});
it.each(['api/x', '//evil.example/x', 'https://evil.example/x'])(
  'refuses "%s" as a path of list or account',
  (value) => {
    expect(ChosenSettings.safeParse({ listPath: value }).success).toBe(false);
    expect(ChosenSettings.safeParse({ accountPath: value }).success).toBe(false);
  },
);
