import { describe, expect, it } from 'vitest';
import type { CreditMeter } from '#contract/account.ts';
import { AppError } from '#contract/errors.ts';
import { createFakeStudio, createFakeTerminal, paid, runFake, scratch, type FakeHandlers } from './fake-studio.ts';

const empty: FakeHandlers = {
  'workspace.list': () => [],
  'voice.list': () => ({ voices: [], total: 0, facets: {}, catalogues: [], unavailable: [] }),
  'queue.list': () => [],
  'queue.lanes': () => ({ lanes: [], tally: { queued: 0, running: 0, asking: 0 } }),
  'take.list': () => ({ takes: [], cursor: null }),
  'ledger.list': () => [],
  'account.meters': () => [],
  'usage.query': () => ({ rows: [] }),
  'budget.list': () => [],
  'alert.list': () => [],
  'voice.impact': () => [],
  'workspace.providers': () => [],
  'project.list': () => [],
  'library.doctor': () => ({
    databaseOk: true,
    databaseMessage: 'whole',
    takes: 0,
    mediaFiles: 0,
    mediaBytes: 0,
    missing: [],
    unreferenced: [],
    incoming: [],
    backups: [],
    repaired: [],
  }),
};

const run = async (handlers: FakeHandlers, args: readonly string[]) => {
  const studio = createFakeStudio(handlers);
  const terminal = createFakeTerminal();
  return { exitCode: await runFake(studio, terminal, args), ...terminal.said, studio };
};

describe('read commands on an empty library', () => {
  it.each([
    'workspace list',
    'workspace test',
    'voices',
    'queue',
    'queue list',
    'takes',
    'ledger',
    'lexicon',
    'lexicon list',
    'credits',
    'subscription',
    'usage',
    'budget',
    'budget list',
    'alerts',
    'alerts --all',
    'voices list',
    'voices search warm narrator --language en',
    'voices impact',
    'workspace providers',
  ])('%s --json prints one empty array', async (line) => {
    const result = await run(empty, [...line.split(' '), '--json']);
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.out)).toEqual([]);
    expect(result.studio.opened).toEqual(['read']);
    expect(result.studio.closed).toEqual(['park']);
  });

  it('history search --json prints one object that can be paged on', async () => {
    const result = await run({ 'history.search': () => ({ entries: [], cursor: null }) }, [
      'history',
      'search',
      '--json',
    ]);
    expect(JSON.parse(result.out)).toEqual({ entries: [], cursor: null });
    expect(result.studio.opened).toEqual(['read']);
  });

  it.each([
    ['history sync', 'history.sync'],
    ['voices refresh', 'voice.refresh'],
    ['credits --refresh', 'account.refresh'],
  ] as const)('%s --json prints one empty array, and takes the library to write', async (line, method) => {
    const result = await run({ [method]: () => [] }, [...line.split(' '), '--json']);
    expect(JSON.parse(result.out)).toEqual([]);
    expect(result.studio.opened).toEqual(['edit']);
  });

  it('usage --csv prints what the library exports and nothing else', async () => {
    const result = await run({ 'usage.export': () => ({ fileName: 'usage.csv', text: 'day,credits\r\n' }) }, [
      'usage',
      '--csv',
    ]);
    expect(result.out).toBe('day,credits\r\n');
  });

  it('doctor --json prints one object', async () => {
    expect(JSON.parse((await run(empty, ['doctor', '--json'])).out)).toMatchObject({ databaseOk: true });
  });

  it.each([
    'workspace list',
    'voices',
    'takes',
    'ledger',
    'lexicon',
    'credits',
    'subscription',
    'usage',
    'budget',
    'alerts',
    'voices impact',
  ])('%s says so on standard error and leaves standard output empty', async (line) => {
    const result = await run(empty, line.split(' '));
    expect(result.out).toBe('');
    expect(result.err).not.toBe('');
  });
});

const fullMeter: Omit<CreditMeter, 'workspaceId' | 'state'> = {
  workspaceName: 'agency',
  provider: 'chosen',
  costUnit: 'credits',
  source: 'vendor',
  message: null,
  plan: null,
  usedCredits: null,
  limitCredits: null,
  remainingCredits: null,
  heldCredits: 0,
  freeCredits: null,
  seenCredits: 0,
  overage: { state: 'off', limitCredits: null, current: null },
  resetAt: null,
  periodStartAt: null,
  openInvoices: 0,
  forecast: null,
  readAt: null,
};

it('lists workspaces without anything of their keys but the hint', async () => {
  const workspaces = () => [scratch, { ...paid, apiKey: 'sk-secret' }];
  const result = await run({ 'workspace.list': workspaces, 'account.meters': () => [] }, ['workspace', 'list']);
  expect(result.out).toContain('agency');
  expect(result.out).toContain('...a1b2');
  expect(result.out).not.toContain('sk-secret');
});

it('calls a workspace ready only where its key was seen to work', async () => {
  const without = { ...paid, name: 'bare', key: { configured: false, hint: null, locked: false } };
  const meter = { workspaceId: paid.id, state: 'refused' };
  const stateOf = async (workspaces: readonly object[], meters: readonly object[]): Promise<string> => {
    const handlers = { 'workspace.list': () => workspaces, 'account.meters': () => meters };
    const row = (await run(handlers, ['workspace', 'list'])).out.split('\n')[1] ?? '';
    return row.split(/ {2,}/)[3] ?? '';
  };
  expect(await stateOf([scratch], [])).toBe('ready');
  expect(await stateOf([without], [])).toBe('needs a key');
  expect(await stateOf([paid], [])).toBe('not tried yet');
  expect(await stateOf([{ ...paid, paused: true }], [])).toBe('paused');
  expect(await stateOf([paid], [{ ...fullMeter, ...meter }])).toBe('key refused');
  expect(await stateOf([paid], [{ ...fullMeter, ...meter, state: 'current' }])).toBe('ready');
});

it('reads page after page until the limit', async () => {
  const take = (index: number) => ({
    id: `t${index}`,
    recipeHash: 'a'.repeat(64),
    takeNo: 1,
    provider: 'scratch',
    voice: 'slt',
    text: `line ${index}`,
    format: 'wav',
    sha256: 'b'.repeat(64),
    bytes: 1,
    durationMs: 1,
    sampleRate: null,
    channels: null,
    loudnessLufs: null,
    truePeakDb: null,
    suspect: null,
    hasTimings: false,
    selected: true,
    chargedCredits: null,
    createdAt: 0,
  });
  const result = await run(
    {
      'take.list': ({ after, limit }) => {
        const start = after === undefined ? 0 : Number(after);
        const takes = Array.from({ length: Math.min(limit, 2500 - start) }, (_, index) => take(start + index));
        return { takes, cursor: start + takes.length < 2500 ? String(start + takes.length) : null };
      },
    },
    ['takes', '--limit', '2200', '--json'],
  );
  const takes = JSON.parse(result.out) as { id: string }[];
  expect(new Set(takes.map(({ id }) => id)).size).toBe(2200);
});

it('ends a busy library with 3 and says who has it', async () => {
  const terminal = createFakeTerminal();
  const studio = createFakeStudio({
    'library.backup': () => {
      throw new AppError('library_busy', 'Cuebooth already has this library open (process 7).');
    },
  });
  expect(await runFake(studio, terminal, ['backup'])).toBe(3);
  expect(terminal.said.err).toContain('Cuebooth already has this library open (process 7).');
});

it('ends a doctor that found takes without audio with 7', async () => {
  const report = {
    ...(empty['library.doctor']?.({ repair: false }) as object),
    missing: [{ takeId: 't', sha256: 'c'.repeat(64), text: 'Hello', paid: true }],
  };
  const result = await run({ 'library.doctor': () => report }, ['doctor']);
  expect(result.exitCode).toBe(7);
  expect(result.out).toContain('paid  cccccccccccc  Hello');
});

it('says a fault of its own as a fault, with code 70', async () => {
  const result = await run(
    {
      'take.list': () => {
        throw new Error('boom');
      },
    },
    ['takes'],
  );
  expect(result.exitCode).toBe(70);
});

describe('a doctor that meets a damaged database', () => {
  const meet = async (
    args: readonly string[],
    options: { readonly interactive?: boolean; readonly answer?: boolean },
  ) => {
    const studio = createFakeStudio({
      ...empty,
      'library.backup': () => ({ file: '/library/backups/b.db', bytes: 1 }),
      'library.doctor': () => {
        if (studio.restored.length > 0) return empty['library.doctor']?.({ repair: true });
        throw new AppError('library_corrupt', 'The database is damaged.', {
          action: { type: 'restore-backup', path: '/library/backups/a.db' },
        });
      },
    });
    const terminal = createFakeTerminal(options);
    return { exitCode: await runFake(studio, terminal, ['doctor', ...args]), studio, ...terminal.said };
  };

  it('names the way back and changes nothing', async () => {
    const result = await meet(['--repair'], {});
    expect(result.exitCode).toBe(7);
    expect(result.err).toContain('cuebooth doctor --restore "/library/backups/a.db"');
    expect(result.studio.restored).toEqual([]);
  });

  it('restores the backup only when a person agrees', async () => {
    expect((await meet(['--repair'], { interactive: true, answer: false })).studio.restored).toEqual([]);
    const agreed = await meet(['--repair'], { interactive: true, answer: true });
    expect(agreed.exitCode).toBe(0);
    expect(agreed.studio.restored).toEqual(['/library/backups/a.db']);
  });

  it('restores the backup that is named', async () => {
    expect((await meet(['--restore', '/library/backups/a.db'], {})).studio.restored).toEqual(['/library/backups/a.db']);
  });
});
