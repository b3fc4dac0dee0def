import { describe, expect, it } from 'vitest';
import { createOneAtATime } from '#engine/voices/one-at-a-time.ts';

const gatedWork = () => {
  const runs: { readonly name: string; readonly signal: AbortSignal; readonly end: () => void }[] = [];
  const work = (name: string, signal: AbortSignal): Promise<void> =>
    new Promise((end) => {
      runs.push({ name, signal, end });
    });
  return { runs, queue: createOneAtATime(work) };
};

describe('work by name', () => {
  it('runs once for all who ask meanwhile, and anew afterwards', async () => {
    const { runs, queue } = gatedWork();
    const waits = [queue.run('a'), queue.run('a'), queue.run('b')];
    expect(runs.map(({ name }) => name)).toEqual(['a', 'b']);
    for (const { end } of runs) end();
    await Promise.all(waits);
    const again = queue.run('a');
    expect(runs).toHaveLength(3);
    runs[2]?.end();
    await again;
  });

  it('that was called off runs again for those who wait', async () => {
    const { runs, queue } = gatedWork();
    const wait = queue.run('a');
    queue.callOff('a');
    expect(runs[0]?.signal.aborted).toBe(true);
    const other = queue.run('a');
    expect(runs).toHaveLength(2);
    runs[0]?.end();
    // Whoever waited for the first joins the second.
    await new Promise(setImmediate);
    runs[1]?.end();
    await Promise.all([wait, other]);
    expect(runs).toHaveLength(2);
    expect(runs[1]?.signal.aborted).toBe(false);
  });

  it('ends with everything else, and keeps nobody waiting', async () => {
    const { runs, queue } = gatedWork();
    const wait = queue.run('a');
    queue.stop();
    expect(runs[0]?.signal.aborted).toBe(true);
    runs[0]?.end();
    await wait;
    await queue.run('a');
    expect(runs).toHaveLength(1);
  });
});
