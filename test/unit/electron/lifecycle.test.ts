import { beforeEach, describe, expect, it } from 'vitest';
import { createLifecycle, type Lifecycle, type ShutdownMode } from '#electron/main/lifecycle.ts';

describe('closing and quitting', () => {
  let working: boolean;
  let happened: string[];
  let answer: (choice: ShutdownMode | 'stay') => void;
  let refuseToAsk: (error: Error) => void;
  let endShutdown: () => void;
  let failShutdown: (error: Error) => void;
  let lifecycle: Lifecycle;

  beforeEach(() => {
    working = false;
    happened = [];
    lifecycle = createLifecycle({
      isWorking: () => working,
      hideWindow: () => happened.push('hide'),
      tellAboutTray: () => happened.push('tell'),
      askHowToQuit: () => {
        happened.push('ask');
        return new Promise((resolve, reject) => {
          answer = resolve;
          refuseToAsk = reject;
        });
      },
      shutdown: (mode) => {
        happened.push(mode);
        return new Promise((resolve, reject) => {
          endShutdown = resolve;
          failShutdown = reject;
        });
      },
      onShutdownFailed: (error) => happened.push(String(error)),
      exit: () => happened.push('exit'),
    });
  });

  const event = () => ({
    prevented: false,
    preventDefault() {
      this.prevented = true;
    },
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const quit = async (): Promise<void> => {
    const attempt = event();
    lifecycle.onBeforeQuit(attempt);
    expect(attempt.prevented).toBe(true);
    await settle();
  };

  it('lets the window close when there is no work', () => {
    const close = event();
    lifecycle.onWindowClose(close);
    expect([close.prevented, happened]).toEqual([false, []]);
  });

  it('keeps work in the tray when the window closes, and says so', () => {
    working = true;
    const close = event();
    lifecycle.onWindowClose(close);
    expect([close.prevented, happened]).toEqual([true, ['hide', 'tell']]);
  });

  it('quits without a question when there is no work, after the library is closed', async () => {
    await quit();
    expect(happened).toEqual(['finish']);
    endShutdown();
    await settle();
    expect(happened).toEqual(['finish', 'exit']);
  });

  it.each(['finish', 'park'] as const)('asks when there is work, and does `%s` when told', async (mode) => {
    working = true;
    await quit();
    expect(happened).toEqual(['ask']);
    answer(mode);
    await settle();
    expect(happened).toEqual(['ask', mode]);
    endShutdown();
    await settle();
    expect(happened.at(-1)).toBe('exit');
  });

  it('stays when told, and asks again the next time', async () => {
    working = true;
    await quit();
    answer('stay');
    await settle();
    await quit();
    expect(happened).toEqual(['ask', 'ask']);
  });

  it('asks one question at a time', async () => {
    working = true;
    await quit();
    await quit();
    expect(happened).toEqual(['ask']);
  });

  it('parks when quit is asked for again while the last lines come in', async () => {
    working = true;
    await quit();
    answer('finish');
    await settle();
    await quit();
    expect(happened).toEqual(['ask', 'finish', 'park']);
    await quit();
    expect(happened).toEqual(['ask', 'finish', 'park']);
  });

  it('parks without a question when the system shuts down, even over an open question', async () => {
    working = true;
    await quit();
    const shutdown = event();
    lifecycle.onSystemShutdown(shutdown);
    await settle();
    expect([shutdown.prevented, happened]).toEqual([true, ['ask', 'park']]);
    answer('stay');
    endShutdown();
    await settle();
    expect(happened).toEqual(['ask', 'park', 'exit']);
  });

  it('parks when the question cannot be shown', async () => {
    working = true;
    await quit();
    refuseToAsk(new Error('no display'));
    await settle();
    expect(happened).toEqual(['ask', 'park']);
  });

  it('exits although closing failed, and tells the log', async () => {
    await quit();
    failShutdown(new Error('disk is gone'));
    await settle();
    expect(happened).toEqual(['finish', 'Error: disk is gone', 'exit']);
  });

  it('exits once, however often it was told to stop', async () => {
    await quit();
    const first = endShutdown;
    lifecycle.onSystemShutdown(event());
    await settle();
    first();
    endShutdown();
    await settle();
    expect(happened.filter((step) => step === 'exit')).toHaveLength(1);
  });
});
