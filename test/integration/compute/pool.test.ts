import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPool, type Pool } from '#node/compute/pool.ts';

const order = (path: string) => ({ kind: 'analyse', path, measures: 'all' }) as const;
const workerUrl = new URL('./crashing-worker.ts', import.meta.url);

describe('the pool of workers', () => {
  let pool: Pool;
  beforeEach(() => {
    pool = createPool({ workerUrl, workerData: null, size: 1 });
  });
  afterEach(() => pool.close());

  it('keeps one worker for one task after the other', async () => {
    const threads = await Promise.all([pool.run(order('a')), pool.run(order('b')), pool.run(order('c'))]);
    expect(new Set(threads).size).toBe(1);
  });

  it.each(['throw', 'exit'])(
    'rejects only the task of a worker that dies (%s), and does the rest in a new one',
    async (how) => {
      const before = await pool.run(order('a'));
      const [dead, alive] = await Promise.allSettled([pool.run(order(how)), pool.run(order('b'))]);
      expect(dead).toMatchObject({
        status: 'rejected',
        reason: { code: 'internal', message: expect.stringMatching(/worker stopped.*(out of luck|exit code 7)/) },
      });
      expect(alive).toMatchObject({ status: 'fulfilled' });
      expect(alive.status === 'fulfilled' ? alive.value : before).not.toBe(before);
    },
  );

  it('ends a computation that is cancelled, and goes on with the next task', async () => {
    const abort = new AbortController();
    const hanging = pool.run(order('hang'), abort.signal);
    const after = pool.run(order('a'));
    abort.abort();
    await expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
    await expect(after).resolves.toBeTypeOf('number');
  });

  it('takes a cancelled task out of the queue without touching the running one', async () => {
    const abort = new AbortController();
    const running = pool.run(order('a'));
    const waiting = pool.run(order('hang'), abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(running).resolves.toBeTypeOf('number');
    await expect(pool.run(order('a'), abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('answers everything that waits when it is closed', async () => {
    const all = Promise.allSettled([pool.run(order('hang')), pool.run(order('a'))]);
    await pool.close();
    for (const outcome of await all)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    await expect(pool.run(order('a'))).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('lets the process end while a worker idles, but not while one works', () => {
    const poolUrl = new URL('../../../src/node/compute/pool.ts', import.meta.url);
    const script = `
      const { createPool } = await import(${JSON.stringify(poolUrl.href)});
      const pool = createPool({ workerUrl: new URL(${JSON.stringify(workerUrl.href)}), workerData: null, size: 1 });
      pool.run({ kind: 'analyse', path: 'a', measures: 'all' }).then(() => console.log('answered'));
    `;
    const cwd = fileURLToPath(new URL('../../..', import.meta.url));
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(run).toMatchObject({ status: 0, stdout: 'answered\n' });
  });
});
