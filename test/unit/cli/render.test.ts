/** The render command from its arguments to its exit code. Long, because every ending of the one command is told over the same fake studio. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lane } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import {
  createFakeStudio,
  createFakeTerminal,
  paid,
  renderOf,
  runFake,
  scratch,
  type FakeHandlers,
  type FakeTerminal,
  type TerminalOptions,
} from './fake-studio.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuebooth-cli-'));
  await writeFile(join(folder, 'spring.cue.txt'), 'ANNOUNCER: Hello {{city}}.\n');
  await writeFile(join(folder, 'offers.csv'), 'variant,city\nLyon,Lyon\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const problem = (
  severity: 'error' | 'warning',
  message: string,
  line: number | null,
  column: number | null = null,
) => ({
  severity,
  code: 'x',
  message,
  line,
  column,
  endColumn: null,
});
const script = {
  id: 's1',
  projectId: 'p1',
  path: 'spring.cue.txt',
  title: 'Spring',
  revision: 1,
  source: '',
  slotSeconds: 30,
  language: 'en-US',
  cast: [],
  lines: [],
  variables: [],
  problems: [] as object[],
  updatedAt: 0,
};
const table = { scriptId: 's1', columns: ['city'], variants: [], problems: [] as object[], saved: true };
const estimate = {
  items: 2,
  lines: 2,
  variants: 1,
  distinct: 2,
  owned: 0,
  open: 0,
  fresh: 2,
  characters: 40,
  credits: 0 as number | null,
  creditsNote: '',
  byWorkspace: [
    { workspaceId: 'w1', workspaceName: 'scratch', provider: 'scratch', fresh: 2, characters: 40, credits: 0 },
  ],
  slotSeconds: 30,
  bandPercent: 12,
  bandNote: 'no take of these voices yet',
  forecasts: [{ variant: 'Lyon', seconds: 33.4, lowSeconds: 31, highSeconds: 36, fit: 'overruns' }],
  split: [],
  lexicon: [{ word: 'SUV', say: 'S U V', count: 2 }],
  notSent: [{ linePosition: 2, direction: 'surprised' }],
  joinExtra: { units: 0, credits: null as number | null },
  renderSeconds: null,
  problems: [],
};
const costly = {
  ...estimate,
  credits: null,
  creditsNote: 'unknown until the first render',
  byWorkspace: [
    { ...estimate.byWorkspace[0], workspaceId: 'w2', workspaceName: 'agency', provider: 'chosen', credits: null },
  ],
};
const done = renderOf({ state: 'done' }, { queued: 0, succeeded: 2 });
const lane: Lane = {
  workspaceId: 'w1' as Lane['workspaceId'],
  workspaceName: 'scratch',
  provider: 'scratch',
  state: 'working',
  reason: null,
  inFlight: 1,
  concurrency: 2,
  queued: 1,
  uncertain: 0,
  pausedUntil: null,
};
const queueOf = (...lanes: Lane[]) => ({ lanes, tally: { queued: 0, running: 0, asking: 0 } });

const audio = 'RIFF audio';
const take = {
  id: 't1',
  recipeHash: 'a'.repeat(64),
  takeNo: 1,
  provider: 'scratch',
  voice: 'slt',
  text: 'Hello',
  format: 'wav',
  sha256: createHash('sha256').update(audio).digest('hex'),
  bytes: audio.length,
  durationMs: 1000,
  sampleRate: 16000,
  channels: 1,
  loudnessLufs: null,
  truePeakDb: null,
  suspect: null,
  hasTimings: false,
  selected: true,
  chargedCredits: 0,
  createdAt: 0,
};
const itemOf = (position: number, variant: string, takeId: string | null = 't1') => ({
  position,
  variant,
  lineId: 'l1',
  linePosition: 1,
  character: 'ANNOUNCER',
  text: 'Hello',
  recipeHash: take.recipeHash,
  takeNo: 1,
  leadingPauseMs: 0,
  trailingPauseMs: 0,
  state: takeId === null ? 'failed' : 'succeeded',
  jobId: null,
  takeId,
  error: null,
});

const studioOf = (handlers: FakeHandlers = {}, onClose?: (mode: 'finish' | 'park') => Promise<void>) =>
  createFakeStudio(
    {
      'project.ensure': ({ name }) => ({ id: 'p1', name, createdAt: 0, scriptCount: 1 }),
      'script.save': () => script,
      'variant.import': () => table,
      'variant.list': () => table,
      'workspace.list': () => [scratch, paid],
      'render.estimate': () => estimate,
      'render.enqueue': () => done,
      'render.get': () => done,
      'queue.lanes': () => queueOf(),
      ...handlers,
    },
    { mediaFile: () => join(folder, 'stored.wav'), ...(onClose === undefined ? {} : { onClose }) },
  );
const order = ['render', 'spring.cue.txt', '--variants', 'offers.csv'];
const run = async (handlers: FakeHandlers = {}, args: readonly string[] = [], options: TerminalOptions = {}) => {
  const studio = studioOf(handlers);
  const terminal = createFakeTerminal(options);
  const exitCode = await runFake(studio, terminal, [...order, ...args], folder);
  const input = (method: string) => studio.calls.find((call) => call.method === method)?.input;
  return { exitCode, studio, terminal, input, enqueued: input('render.enqueue') !== undefined, ...terminal.said };
};
const jsonLines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('before anything renders', () => {
  it('problems of the script are said with line and column, and errors stop with 2', async () => {
    const problems = [problem('error', 'A variable is not closed.', 3, 7), problem('warning', 'No slot.', null)];
    const result = await run({ 'script.save': () => ({ ...script, problems }) });
    expect(result.exitCode).toBe(2);
    expect(result.err).toContain('spring.cue.txt:3:7: error: A variable is not closed.');
    expect(result.err).toContain('spring.cue.txt: warning: No slot.');
    expect(result.enqueued).toBe(false);
  });

  it('problems of the variants are said with their row, and errors stop with 2', async () => {
    const problems = [problem('error', 'It has no value for city.', 17)];
    const result = await run({ 'variant.import': () => ({ ...table, problems, saved: false }) });
    expect(result.exitCode).toBe(2);
    expect(result.err).toContain('offers.csv, row 17: error: It has no value for city.');
    expect(result.enqueued).toBe(false);
  });

  it('a file that is not there stops with 2 and changes nothing', async () => {
    const studio = studioOf();
    const terminal = createFakeTerminal();
    expect(await runFake(studio, terminal, ['render', 'no.cue.txt'], folder)).toBe(2);
    expect(terminal.said.err).toContain('no.cue.txt could not be read: there is no such file.');
    expect(studio.calls).toEqual([]);
  });

  it('the script is known by its path without detours, and the text keeps its byte order mark', async () => {
    await writeFile(join(folder, 'marked.cue.txt'), '\uFEFFA: é');
    const studio = studioOf();
    await runFake(studio, createFakeTerminal(), ['render', './x/../marked.cue.txt', '--project', 'Spring'], folder);
    expect(studio.calls.find((call) => call.method === 'project.ensure')?.input).toEqual({ name: 'Spring' });
    expect(studio.calls.find((call) => call.method === 'script.save')?.input).toMatchObject({
      path: 'marked.cue.txt',
      source: { kind: 'text', text: '\uFEFFA: é' },
    });
  });

  it('a table in UTF-16, as spreadsheets write it, is read', async () => {
    await writeFile(join(folder, 'offers.csv'), Buffer.from('\uFEFFvariant\tcity\nA\tOrléans\n', 'utf16le'));
    const result = await run();
    expect(result.input('variant.import')).toMatchObject({ source: { text: 'variant\tcity\nA\tOrléans\n' } });
  });

  it('the order carries variants, voices, takes and the budget', async () => {
    const result = await run({}, [
      '--only',
      'Lyon, Paris',
      '--only',
      'Nice',
      '--voice',
      'ANNOUNCER=scratch/rms',
      '--takes',
      '3',
      '--budget',
      '12.5',
    ]);
    const common = { only: ['Lyon', 'Paris', 'Nice'], voices: { ANNOUNCER: 'scratch/rms' }, takes: 3, retake: false };
    expect(result.input('render.estimate')).toMatchObject(common);
    expect(result.input('render.enqueue')).toMatchObject({ ...common, budgetCredits: 12.5 });
  });
});

describe('the estimate', () => {
  it('of a dry run is the result, spends nothing and leaves no render', async () => {
    const result = await run({ 'render.estimate': () => costly }, ['--dry-run']);
    expect(result.exitCode).toBe(0);
    expect(result.out).toContain('unknown (unknown until the first render)');
    expect(result.out).toContain('SUV → S U V (2 times)');
    expect(result.out).toContain('line 2: (surprised)');
    expect(result.out).toContain('Lyon: 33.4 s (31.0 to 36.0 s), overruns');
    expect(result.enqueued).toBe(false);
  });

  it('of a render is said on standard error, so that standard output holds the result only', async () => {
    const result = await run();
    expect(result.err).toContain('±12 % (no take of these voices yet)');
    expect(result.out).toBe('2 of 2 lines ready: 2 rendered, 0 owned already; nothing was charged.\n');
  });
});

it('says a problem once, although the estimate repeats it', async () => {
  const problems = [problem('warning', 'ANNOUNCER is not in the cast.', 1, 1)];
  const result = await run({
    'script.save': () => ({ ...script, problems }),
    'render.estimate': () => ({ ...estimate, problems: [...problems, problem('warning', 'A voice is slow.', null)] }),
  });
  expect(result.err.match(/is not in the cast/g)).toHaveLength(1);
  expect(result.err).toContain('A voice is slow.');
});

describe('what may cost credits', () => {
  const paying: FakeHandlers = { 'render.estimate': () => costly };

  it('is not rendered where nobody can be asked', async () => {
    const result = await run(paying);
    expect(result.exitCode).toBe(2);
    expect(result.err).toContain('add --yes to agree');
    expect(result.enqueued).toBe(false);
  });

  it('is rendered with --yes', async () => {
    expect((await run(paying, ['--yes'])).enqueued).toBe(true);
  });

  it('is asked about on a terminal, with its price', async () => {
    const refused = await run(paying, [], { interactive: true, answer: false });
    expect(refused.terminal.questions).toEqual(['Render 2 new lines for credits, how many is not known yet?']);
    expect(refused.enqueued).toBe(false);
    const known = await run({ 'render.estimate': () => ({ ...costly, credits: 1200 }) }, ['--budget', '2000'], {
      interactive: true,
      answer: true,
    });
    expect(known.terminal.questions).toEqual(['Render 2 new lines for about 1,200 credits, at most 2,000 credits?']);
    expect(known.enqueued).toBe(true);
  });

  it('is asked about even when the price is estimated at nothing, unless the provider never charges', async () => {
    const result = await run({ 'render.estimate': () => ({ ...costly, credits: 0 }) });
    expect(result.exitCode).toBe(2);
    expect((await run()).enqueued).toBe(true);
  });

  it('is not asked about when everything is owned', async () => {
    const result = await run({
      'render.estimate': () => ({ ...costly, fresh: 0, owned: 2, byWorkspace: [] }),
      'render.enqueue': () => renderOf({ state: 'done' }, { queued: 0, owned: 2 }),
      'render.get': () => renderOf({ state: 'done' }, { queued: 0, owned: 2 }),
    });
    expect(result.exitCode).toBe(0);
    expect(result.out).toBe('Nothing to render: all 2 lines were owned already.\n');
  });
});

const lost = {
  id: 'g1',
  state: 'unknown',
  idempotencyKey: null,
  vendorId: null,
  requestId: null,
  submittedAt: null,
  chargedCredits: null,
  estimateCredits: null,
  evidence: [],
};

describe('the end of a render', () => {
  it('with failed lines is 1, and lists them by cause', async () => {
    const failed = renderOf(
      {
        state: 'done',
        errors: [
          { code: 'text_rejected', message: 'The vendor refused the text.', count: 1, failed: 1, workspaceIds: [] },
        ],
      },
      { queued: 0, succeeded: 1, failed: 1 },
    );
    const result = await run({ 'render.get': () => failed });
    expect(result.exitCode).toBe(1);
    expect(result.err).toContain('1 × The vendor refused the text. (text_rejected)');
    expect(result.err).toContain('queue retry --render r1');
  });

  it('with a budget used up is 5, and says how to go on', async () => {
    const result = await run({ 'render.get': () => renderOf({ state: 'over_budget', budgetCredits: 100 }) });
    expect(result.exitCode).toBe(5);
    expect(result.err).toContain('The budget of 100 credits is used up; 2 lines wait.');
    expect(result.err).toContain('queue resume --render r1 --budget N');
  });

  it('with a budget of the library reached is 5, and says so once', async () => {
    const cap = {
      id: 'b1',
      name: 'cap',
      projectId: null,
      person: null,
      workspaceId: null,
      period: 'month',
      warnCredits: null,
      stopCredits: 300,
      spentCredits: 296,
      heldCredits: 0,
      state: 'stop',
      createdAt: 0,
    };
    const studio = studioOf({ 'render.get': () => renderOf(), 'budget.list': () => [cap] });
    const terminal = createFakeTerminal();
    const ended = runFake(studio, terminal, order, folder);
    await until(() => studio.calls.some((call) => call.method === 'render.get'));
    studio.publish('library.notice', { level: 'warning', code: 'over_budget', message: 'It has reached "cap".' });
    studio.publish('render.changed', { render: renderOf({ state: 'over_budget' }, { queued: 1 }) });
    expect(await ended).toBe(5);
    expect(terminal.said.err.match(/"cap" of 300 credits is reached/g)).toHaveLength(1);
    expect(terminal.said.err).not.toContain('It has reached');
  });

  it('reads the accounts that were charged once more, and a vendor that does not answer changes nothing', async () => {
    const charged = renderOf({ state: 'done' }, { queued: 0, succeeded: 2, spentCredits: 9 });
    const metered = { ...paid, abilities: { ...paid.abilities, subscription: true } };
    const result = await run(
      {
        'workspace.list': () => [scratch, metered],
        'render.estimate': () => costly,
        'render.get': () => charged,
        'account.refresh': () => {
          throw new AppError('provider_offline', 'No network.');
        },
      },
      ['--yes'],
    );
    expect(result.exitCode).toBe(0);
    expect(result.studio.calls.filter(({ method }) => method === 'account.refresh')).toEqual([
      { method: 'account.refresh', input: { workspaceId: 'w2' } },
    ]);
    expect((await run({ 'workspace.list': () => [metered] })).input('account.refresh')).toBeUndefined();
  });

  it('with lines that ask is 4, and names the jobs and the decisions', async () => {
    const job = {
      id: 'j7',
      workspaceId: 'w2',
      workspaceName: 'agency',
      renderId: 'r1',
      kind: 'speech',
      recipeHash: take.recipeHash,
      takeNo: 1,
      text: 'Hello',
      voice: 'v',
      state: 'uncertain',
      resolution: 'ask',
      attempts: 1,
      retryAt: null,
      error: null,
      generation: { ...lost, idempotencyKey: 'k7' },
      createdAt: 0,
      updatedAt: 0,
      seq: 1,
    };
    const result = await run({
      'render.get': () => renderOf({}, { queued: 0, succeeded: 1, uncertain: 1, asking: 1 }),
      'queue.list': () => [job, { ...job, id: 'j8', resolution: 'automatic' }],
    });
    expect(result.exitCode).toBe(4);
    expect(result.err).toContain('j7');
    expect(result.err).not.toContain('j8');
    expect(result.err).toContain('cuebooth queue resolve <job> --decision resend');
  });

  it('is waited for while the engine settles uncertain lines by itself', async () => {
    const studio = studioOf({
      'render.get': () => renderOf({}, { queued: 0, succeeded: 1, uncertain: 2, asking: 1 }),
      'queue.list': () => [],
    });
    const ended = runFake(studio, createFakeTerminal(), order, folder);
    await until(() => studio.calls.some((call) => call.method === 'render.get'));
    studio.publish('render.changed', { render: done });
    expect(await ended).toBe(0);
  });

  it('comes at once when all that is left waits for a key, with 6', async () => {
    const blocked: Lane = { ...lane, state: 'blocked', reason: 'The key was refused.', inFlight: 0 };
    const result = await run({ 'render.get': () => renderOf(), 'queue.lanes': () => queueOf(blocked) });
    expect(result.exitCode).toBe(6);
    expect(result.err).toContain('scratch: The key was refused.');
  });

  it('does not come while a workspace is only offline', async () => {
    const offline: Lane = { ...lane, state: 'offline', reason: 'No network.', inFlight: 0 };
    const studio = studioOf({ 'render.get': () => renderOf(), 'queue.lanes': () => queueOf(offline) });
    const terminal = createFakeTerminal();
    const ended = runFake(studio, terminal, order, folder);
    await until(() => terminal.said.err.includes('scratch: No network.'));
    studio.publish('queue.changed', queueOf(offline));
    studio.publish('render.changed', { render: done });
    expect(await ended).toBe(0);
    expect(terminal.said.err.match(/No network/g)).toHaveLength(1);
  });

  it('with a full disk is 7', async () => {
    const studio = studioOf({ 'render.get': () => renderOf(), 'queue.lanes': () => queueOf(lane) });
    const terminal = createFakeTerminal();
    const ended = runFake(studio, terminal, order, folder);
    await until(() => studio.calls.some((call) => call.method === 'render.get'));
    await until(() => studio.calls.some((call) => call.method === 'queue.lanes'));
    studio.publish('library.notice', { level: 'error', code: 'disk_full', message: 'The disk is full.' });
    studio.publish('queue.changed', queueOf({ ...lane, state: 'blocked', reason: 'The disk is full.', inFlight: 0 }));
    expect(await ended).toBe(7);
  });
});

const until = async (reached: () => boolean): Promise<void> => {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve));
};

describe('Ctrl-C', () => {
  const start = async (onClose?: (mode: 'finish' | 'park') => Promise<void>) => {
    const running = renderOf({}, { queued: 1, running: 1 });
    const studio = studioOf({ 'render.get': () => running, 'queue.lanes': () => queueOf(lane) }, onClose);
    const terminal: FakeTerminal = createFakeTerminal();
    const ended = runFake(studio, terminal, order, folder);
    await until(() => studio.calls.some((call) => call.method === 'render.get'));
    // The snapshot has arrived when its render has been published through the same loop once.
    studio.publish('render.changed', { render: running });
    return { studio, terminal, ended };
  };

  it('finishes what is in flight, says how to go on, and ends with 130', async () => {
    const { studio, terminal, ended } = await start();
    terminal.signal('interrupt');
    expect(await ended).toBe(130);
    expect(studio.closed[0]).toBe('finish');
    expect(terminal.said.err).toContain('1 in flight is being finished');
    expect(terminal.said.err).toContain('run the same command again');
  });

  it('parks when it is pressed again', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { studio, terminal, ended } = await start(async (mode) => (mode === 'finish' ? waiting : release()));
    terminal.signal('interrupt');
    await until(() => studio.closed.length === 1);
    terminal.signal('interrupt');
    expect(await ended).toBe(130);
    expect(studio.closed.slice(0, 2)).toEqual(['finish', 'park']);
    expect(terminal.said.err).toContain('is parked and its audio is fetched the next time');
  });

  it('is not needed twice when the system ends the process: that parks at once', async () => {
    const { studio, terminal, ended } = await start();
    terminal.signal('terminate');
    expect(await ended).toBe(130);
    expect(studio.closed[0]).toBe('park');
  });
});

describe('--out', () => {
  const files: FakeHandlers = {
    'render.items': ({ after }) => (after < 0 ? [itemOf(0, 'Lyon'), itemOf(1, 'Paris'), itemOf(2, 'Nice', null)] : []),
    'take.get': () => take,
  };

  it('gets one file for every variant and line that has a take', async () => {
    await writeFile(join(folder, 'stored.wav'), audio);
    const result = await run(files, ['--out', 'delivery']);
    expect((await readdir(join(folder, 'delivery'))).sort()).toEqual([
      'Spring_Lyon_01_ANNOUNCER_take1.wav',
      'Spring_Paris_01_ANNOUNCER_take1.wav',
    ]);
    expect(await readFile(join(folder, 'delivery', 'Spring_Paris_01_ANNOUNCER_take1.wav'), 'utf8')).toBe(audio);
    expect(result.out).toContain('2 files in delivery: 2 written, 1 not ready.');
    expect(result.studio.calls.filter((call) => call.method === 'take.get')).toHaveLength(1);
  });

  it('that is full already is left as it is', async () => {
    await writeFile(join(folder, 'stored.wav'), audio);
    await run(files, ['--out', 'delivery']);
    expect((await run(files, ['--out', 'delivery'])).out).toContain('0 written, 2 there already');
  });
});

describe('--json', () => {
  it('prints lines that end with a summary', async () => {
    const lines = jsonLines((await run({}, ['--json'])).out);
    expect(lines.map((line) => line['type'])).toEqual(['estimate', 'progress', 'progress', 'summary']);
    expect(lines.at(-1)).toMatchObject({
      exitCode: 0,
      renderId: 'r1',
      project: 'Default',
      script: 'spring.cue.txt',
      progress: { succeeded: 2 },
    });
  });

  it('ends with a summary that carries the error when nothing was rendered', async () => {
    const result = await run(
      {
        'render.enqueue': () => {
          throw new AppError('key_missing', 'agency has no key.');
        },
      },
      ['--json'],
    );
    expect(result.exitCode).toBe(6);
    expect(jsonLines(result.out).at(-1)).toEqual({
      type: 'summary',
      exitCode: 6,
      renderId: null,
      error: { code: 'key_missing', message: 'agency has no key.' },
    });
    expect(result.err).toContain('agency has no key.');
  });

  it('ends a dry run with a summary too', async () => {
    expect(jsonLines((await run({}, ['--json', '--dry-run'])).out).at(-1)).toMatchObject({
      type: 'summary',
      dryRun: true,
      exitCode: 0,
    });
  });
});
