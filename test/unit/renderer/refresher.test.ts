import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRefresher } from '#renderer/stores/refresher.ts';

/** Work that is over when the test says so. */
const createWork = () => {
  const ends: (() => void)[] = [];
  let runs = 0;
  return {
    runs: () => runs,
    work: () => {
      runs += 1;
      return new Promise<void>((resolve) => {
        ends.push(resolve);
      });
    },
    end: () => ends.shift()?.(),
  };
};

describe('a refresher', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('runs once for a burst of pushes', async () => {
    const { work, runs } = createWork();
    const refresher = createRefresher(work, { delayMs: 100, pace: 'steady' });
    for (let n = 0; n < 50; n++) refresher.ask();
    await vi.advanceTimersByTimeAsync(100);
    expect(runs()).toBe(1);
  });

  it('waits for the typing to stop', async () => {
    const { work, runs } = createWork();
    const refresher = createRefresher(work, { delayMs: 100, pace: 'settle' });
    for (let n = 0; n < 5; n++) {
      refresher.ask();
      await vi.advanceTimersByTimeAsync(80);
    }
    expect(runs()).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(runs()).toBe(1);
  });

  it('never runs twice at once, and runs once more when it was asked meanwhile', async () => {
    const { work, runs, end } = createWork();
    const refresher = createRefresher(work, { delayMs: 10, pace: 'steady' });
    const done = refresher.now();
    void refresher.now();
    void refresher.now();
    expect(runs()).toBe(1);
    end();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs()).toBe(2);
    end();
    await done;
    expect(runs()).toBe(2);
  });

  it('forgets what was asked when it is stopped', async () => {
    const { work, runs } = createWork();
    const refresher = createRefresher(work, { delayMs: 10, pace: 'steady' });
    refresher.ask();
    refresher.stop();
    await vi.advanceTimersByTimeAsync(50);
    expect(runs()).toBe(0);
  });
});
