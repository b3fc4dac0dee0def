import { expect, it } from 'vitest';
import { AppError } from '#contract/errors.ts';
import { askHowToQuit, describeStartFailure } from '#electron/main/questions.ts';

it.each([
  ['Finish what is in flight', 'finish'],
  ['Park', 'park'],
  ['Do not quit', 'stay'],
] as const)('takes %j for %s', async (label, mode) => {
  const dialog = {
    showMessageBox: async (options: { readonly buttons?: readonly string[] }) => ({
      response: options.buttons?.indexOf(label) ?? -1,
      checkboxChecked: false,
    }),
  };
  expect(await askHowToQuit(dialog as never)).toBe(mode);
});

it('takes a closed question for staying', async () => {
  const dialog = {
    showMessageBox: async (options: { readonly cancelId?: number }) => ({
      response: options.cancelId ?? 0,
      checkboxChecked: false,
    }),
  };
  expect(await askHowToQuit(dialog as never)).toBe('stay');
});

it('says why the library did not open, and keeps faults to the log', () => {
  expect(
    describeStartFailure(new AppError('library_busy', 'Cuebooth already has this library open (process 7).')),
  ).toContain('process 7');
  expect(describeStartFailure(new TypeError('x is not a function'))).not.toContain('x is not');
});
