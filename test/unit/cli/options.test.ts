import { expect, it } from 'vitest';
import { createFakeStudio, createFakeTerminal, runFake } from './fake-studio.ts';

const run = async (args: readonly string[]) => {
  const studio = createFakeStudio({});
  const terminal = createFakeTerminal();
  return { exitCode: await runFake(studio, terminal, args), ...terminal.said, opened: studio.opened };
};

it.each([
  ['an unknown verb', ['rendre']],
  ['an unknown option', ['render', 'x.txt', '--tkaes', '2']],
  ['no script', ['render']],
  ['no takes', ['render', 'x.txt', '--takes', '0']],
  ['takes that are no number', ['render', 'x.txt', '--takes', '2e1']],
  ['a negative budget', ['render', 'x.txt', '--budget=-1']],
  ['a voice without a workspace', ['render', 'x.txt', '--voice', 'ANNOUNCER=slt']],
  ['a voice without a character', ['render', 'x.txt', '--voice', 'scratch/slt']],
  ['an unknown provider', ['workspace', 'add', 'acme', '--name', 'x']],
  ['a workspace without a name', ['workspace', 'add', 'chosen']],
  ['a setting without a value', ['workspace', 'add', 'chosen', '--name', 'x', '--set', 'concurrency']],
  ['a decision that is none', ['queue', 'resolve', 'j1', '--decision', 'maybe']],
  ['no decision', ['queue', 'resolve', 'j1']],
  [
    'a region and an address',
    ['workspace', 'add', 'chosen', '--name', 'x', '--region', 'EU', '--base-url', 'https://a.b'],
  ],
  ['a day that the calendar lacks', ['usage', '--from', '2026-02-30']],
  ['a day in words', ['usage', '--to', 'yesterday']],
  ['a first day after the last', ['usage', '--from', '2026-03-02', '--to', '2026-03-01']],
  ['a dimension that is none', ['usage', '--by', 'day,mood']],
  ['four dimensions', ['usage', '--by', 'day,voice,model,person']],
  ['CSV and JSON at once', ['usage', '--csv', '--json']],
  ['a reconciliation of nothing', ['reconcile']],
  ['a budget without a name', ['budget', 'set', '--stop', '100']],
  ['a budget that is no amount', ['budget', 'set', '--name', 'x', '--stop', 'lots']],
  ['an item without a job', ['queue', 'adopt', 'ITEM']],
  ['a mark that says nothing', ['voices', 'mark', 'agency/slt']],
  ['a library voice without a name', ['voices', 'add', 'agency', 'L1']],
  ['a multiplier that is none', ['voices', 'search', '--max-multiplier', 'cheap']],
  ['a port out of range', ['serve', '--port', '70000']],
  ['an unknown name template', ['render', 'x.txt', '--name', '{nope}']],
])('ends %s as wrong usage, on standard error, without opening a library', async (_, args) => {
  const result = await run(args);
  expect(result.exitCode).toBe(2);
  expect(result.out).toBe('');
  expect(result.err).not.toBe('');
  expect(result.opened).toEqual([]);
});

const verbs = [
  [],
  ['render'],
  ['workspace'],
  ['workspace', 'add'],
  ['workspace', 'list'],
  ['workspace', 'test'],
  ['workspace', 'remove'],
  ['workspace', 'set-key'],
  ['workspace', 'remove-key'],
  ['workspace', 'providers'],
  ['voices'],
  ['queue'],
  ['queue', 'list'],
  ['queue', 'pause'],
  ['queue', 'resume'],
  ['queue', 'cancel'],
  ['queue', 'retry'],
  ['queue', 'resolve'],
  ['queue', 'adopt'],
  ['voices', 'list'],
  ['voices', 'search'],
  ['voices', 'refresh'],
  ['voices', 'mark'],
  ['voices', 'similar'],
  ['voices', 'impact'],
  ['voices', 'models'],
  ['voices', 'library'],
  ['voices', 'add'],
  ['credits'],
  ['subscription'],
  ['usage'],
  ['reconcile'],
  ['history'],
  ['history', 'search'],
  ['history', 'sync'],
  ['history', 'fetch'],
  ['history', 'note'],
  ['budget'],
  ['budget', 'list'],
  ['budget', 'set'],
  ['budget', 'remove'],
  ['alerts'],
  ['alerts', 'list'],
  ['alerts', 'dismiss'],
  ['takes'],
  ['ledger'],
  ['lexicon'],
  ['lexicon', 'list'],
  ['lexicon', 'set'],
  ['lexicon', 'import'],
  ['doctor'],
  ['backup'],
  ['serve'],
];
it.each(verbs.map((verb) => [verb.join(' ') || 'cuebooth', verb] as const))(
  'explains %s with an example',
  async (_, verb) => {
    const result = await run([...verb, '--help']);
    expect(result.exitCode).toBe(0);
    expect(result.out).toContain('Usage: cuebooth');
    expect(result.out).toContain(`$ cuebooth ${verb.join(' ')}`);
  },
);

it('has no option that takes a key itself', async () => {
  for (const verb of [
    ['workspace', 'add'],
    ['workspace', 'set-key'],
  ]) {
    expect((await run([...verb, '--help'])).out).not.toMatch(/--(api-)?key[ ,=]/);
  }
});

it('lists the exit codes in its help', async () => {
  expect((await run(['--help'])).out).toMatch(/130 {2}interrupted/);
});
