/** Ctrl-C: first nothing new leaves and what is in flight is finished; the second time it is parked. */
import { say } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export const resumeHint =
  'To go on, run the same command again: what is stored is not paid again, and what is open is taken up where it stands.';

/** Closes the session. `terminate` (the system wants the process to end) parks at once. */
export const stopRender = async (
  session: Session,
  terminal: Terminal,
  signal: 'interrupt' | 'terminate',
  inFlight: number,
): Promise<ExitCode> => {
  if (signal === 'terminate') {
    await session.close('park');
    say(terminal, `Stopped. What is in flight is parked: its audio is fetched the next time. ${resumeHint}`);
    return exitCodes.interrupted;
  }
  if (inFlight > 0) {
    say(
      terminal,
      `Stopping: nothing new is sent, ${inFlight} in flight ${inFlight === 1 ? 'is' : 'are'} being finished. Ctrl-C again parks them.`,
    );
  }
  let parked: Promise<void> | null = null;
  // Heard until the process ends, so that an impatient second press does not cut the closing off; a third one may.
  const end = terminal.onSignal(() => {
    end();
    say(terminal, 'Parking what is in flight.');
    parked = session.close('park');
  });
  await session.close('finish');
  // Read through a function: the listener above may have set it while we waited.
  await ((): Promise<void> | null => parked)();
  say(
    terminal,
    `Stopped${parked === null ? '' : '; what was in flight is parked and its audio is fetched the next time'}. ${resumeHint}`,
  );
  return exitCodes.interrupted;
};
