/** What the desktop asks and says outside the window's page. */
import type { Dialog } from 'electron';
import { AppError } from '#contract/errors.ts';
import type { ShutdownMode } from './lifecycle.ts';

export const askHowToQuit = async (dialog: Pick<Dialog, 'showMessageBox'>): Promise<ShutdownMode | 'stay'> => {
  const answers = ['finish', 'park', 'stay'] as const;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Lines are still being rendered. How do you want to quit?',
    detail:
      'Nothing is lost either way, and no line is paid for twice. Finishing waits for the lines that are on their way and starts no new ones. Parking quits now; what is on its way is taken up at the next start.',
    buttons: ['Finish what is in flight', 'Park', 'Do not quit'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return answers[response] ?? 'stay';
};

/** Why the library did not open, in words; everything else is left to the log. */
export const describeStartFailure = (error: unknown): string =>
  error instanceof AppError
    ? error.message
    : 'Cuebooth could not open its library because of a fault. Nothing was changed; the log has the details.';
