import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createDice } from '#hosts/demo/vendors/common/dice.ts';
import { setUp } from './setup.ts';

const main = fileURLToPath(new URL('../../../src/hosts/demo/vendors/chosen/main.ts', import.meta.url));

it('runs as its own process, answers its books and ends with its parent', async () => {
  const options = JSON.stringify({ serviceTimeMs: 1, audioBytes: 5000 });
  const child = spawn(process.execPath, [main, '--port', '0', '--json-options', options, '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { port, apiKey } = JSON.parse(line) as { port: number; apiKey: string };
  const { chosen, context, workspace } = await setUp();
  const remote = { ...workspace, baseUrl: `http://127.0.0.1:${port}` };
  const recipe = {
    kind: 'speech',
    provider: 'chosen',
    account: '',
    voice: 'Nova',
    model: null,
    language: null,
    text: 'Hello.',
    settings: {},
    format: 'wav',
  } as const;
  await chosen.submit({ ...context, workspace: remote, key: apiKey }, chosen.request(remote, recipe), 'one-key');
  const books: unknown = await (await fetch(`http://127.0.0.1:${port}/__ledger`)).json();
  expect(books).toMatchObject({
    generations: [{ key: 'one-key', text: 'Hello.', status: 'COMPLETED' }],
    billedTwice: [],
    seenKeys: [],
    counts: { posts: 1 },
  });
  const exit = once(child, 'exit');
  child.stdin.end();
  expect((await exit)[0]).toBe(0);
});

it('decides each fault by seed and body, whatever the order of arrival', () => {
  const bodies = Array.from({ length: 200 }, (_, index) => `body ${index}`);
  const struck = (seed: number, order: readonly string[]) => {
    const dice = createDice(seed, { failed: 0.1 });
    return order.filter((body) => dice.strikes('failed', body)).toSorted();
  };
  expect(struck(1, bodies)).toEqual(struck(1, bodies.toReversed()));
  expect(struck(1, bodies)).not.toEqual(struck(2, bodies));
  expect(struck(1, bodies).length).toBeGreaterThan(5);
  expect(struck(1, bodies).length).toBeLessThan(50);
});

it('leaves no timer behind when it is closed in the middle of its work', async () => {
  const { server, submit } = await setUp({ serviceTimeMs: 60_000 });
  const lost = submit('Never answered.').catch((error: unknown) => error);
  await expect.poll(() => server.pendingTimers()).toBe(1);
  await server.close();
  await lost;
  expect(server.pendingTimers()).toBe(0);
});
