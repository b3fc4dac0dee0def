import { afterAll, describe, expect, it } from 'vitest';
import { type ChainResult, startChains } from './chain.ts';
import { plan } from './plan.ts';
import { namedPoints } from './points.ts';

const long = process.env['CUEBOOTH_PROOF'] === '1';
const groups = plan(long ? 5 : 1);
const results: ChainResult[] = [];

const killsByPoint = (): ReadonlyMap<string, number> => {
  const counts = new Map(namedPoints().map((point) => [point, 0]));
  for (const { point, survived } of results.flatMap(({ kills }) => kills)) {
    if (!survived) counts.set(point, (counts.get(point) ?? 0) + 1);
  }
  return counts;
};

describe('kill -9 at every step of the runner', () => {
  const startedAt = performance.now();
  const running = startChains(groups.flatMap(({ chains }) => chains));

  it.each(groups)('loses nothing and pays for nothing twice: $name', async ({ chains }) => {
    const ended = await Promise.all(chains.map((chain) => running.get(chain) as Promise<ChainResult>));
    results.push(...ended);
    expect(ended.flatMap(({ complaints }) => complaints)).toEqual([]);
    expect(ended.flatMap(({ kills }) => kills.filter(({ survived }) => survived))).toEqual([]);
  });

  it('was done at least 200 times, and at every named point at least three times', () => {
    const counts = killsByPoint();
    expect([...counts].filter(([, count]) => count < 3)).toEqual([]);
    expect([...counts.keys()].toSorted()).toEqual(namedPoints());
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(200);
  });

  afterAll(() => {
    const counts = killsByPoint();
    const kills = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const lives = results.reduce((sum, result) => sum + result.lives, 0);
    const seconds = (performance.now() - startedAt) / 1000;
    process.stdout.write(
      `${kills} kills at ${counts.size} points in ${lives} lives of ${((seconds * 3) / lives).toFixed(2)} s each, three at a time: ${seconds.toFixed(0)} s\n${[...counts].map(([point, count]) => `${point} ${count}`).join(', ')}\n`,
    );
  });
});
