import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Take } from '#contract/entities.ts';
import type { HistoryEntry } from '#contract/history.ts';
import { createFakeStudio, createFakeTerminal, paid, runFake, type FakeHandlers } from './fake-studio.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuebooth-history-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry: HistoryEntry = {
  id: 'e1',
  origin: 'vendor',
  at: 0,
  workspaceId: paid.id,
  workspaceName: 'agency',
  provider: 'elevenlabs',
  voiceId: 'v1',
  voiceName: 'Aria',
  model: null,
  text: 'Spring is here.',
  projectId: null,
  project: null,
  scriptId: null,
  script: null,
  person: null,
  note: '',
  status: 'remote',
  vendorSource: 'TTS',
  credits: 15,
  durationMs: null,
  suspect: null,
  takeId: null,
  generationId: null,
  vendorItemId: 'h1',
};
const audio = 'RIFF audio';
const take: Take = {
  id: 't1' as Take['id'],
  recipeHash: 'a'.repeat(64) as Take['recipeHash'],
  takeNo: 1,
  provider: 'elevenlabs',
  voice: 'v1',
  text: entry.text,
  format: 'mp3',
  sha256: createHash('sha256').update(audio).digest('hex'),
  bytes: audio.length,
  durationMs: 1000,
  sampleRate: null,
  channels: null,
  loudnessLufs: null,
  truePeakDb: null,
  suspect: null,
  hasTimings: false,
  selected: false,
  chargedCredits: 15,
  createdAt: 0,
};

const run = async (args: readonly string[], handlers: FakeHandlers) => {
  const studio = createFakeStudio(
    { 'workspace.list': () => [paid], ...handlers },
    { mediaFile: () => join(folder, 'stored.mp3') },
  );
  const terminal = createFakeTerminal();
  const exitCode = await runFake(studio, terminal, args, folder);
  const inputs = (method: string) => studio.calls.filter((call) => call.method === method).map(({ input }) => input);
  return { exitCode, studio, ...terminal.said, inputs };
};

describe('searching the history', () => {
  it('hands every filter on, days as whole days of this clock', async () => {
    const { inputs } = await run(
      [
        ...['history', 'search', 'spring', 'sale', '--workspace', 'agency', '--voice', 'Aria', '--model', 'm1'],
        ...['--status', 'remote', '--source', 'TTS', '--project', 'Spring', '--person', 'anna', '--from', '2026-03-01'],
        ...[
          '--to',
          '2026-03-31',
          '--origin',
          'vendor',
          '--min-credits',
          '1',
          '--max-credits',
          '9',
          '--best',
          '--limit',
          '7',
        ],
        ...['--after', 'c1'],
      ],
      { 'history.search': () => ({ entries: [], cursor: null }) },
    );
    expect(inputs('history.search')).toEqual([
      {
        text: 'spring sale',
        workspaceIds: ['w2'],
        voice: 'Aria',
        model: 'm1',
        status: 'remote',
        vendorSource: 'TTS',
        project: 'Spring',
        person: 'anna',
        from: new Date(2026, 2, 1).getTime(),
        to: new Date(2026, 3, 1).getTime(),
        origin: 'vendor',
        minCredits: 1,
        maxCredits: 9,
        order: 'best',
        after: 'c1',
        limit: 7,
      },
    ]);
  });

  it('shows what was found and how to go on', async () => {
    const { out, err } = await run(['history', 'search', 'spring', '--limit', '1'], {
      'history.search': () => ({ entries: [entry], cursor: 'c2' }),
    });
    expect(out).toMatch(/agency +Aria +TTS +remote +15 +Spring is here. +e1/);
    expect(err).toContain('--after "c2"');
  });

  it('reads page after page until the limit, and hands back where it stopped', async () => {
    const { out, inputs } = await run(['history', 'search', '--limit', '1200', '--json'], {
      'history.search': ({ after, limit }) => {
        const start = Number(after ?? 0);
        const entries = Array.from({ length: limit }, (_, at) => ({ ...entry, id: `e${start + at}` }));
        return { entries, cursor: String(start + limit) };
      },
    });
    const found = JSON.parse(out) as { entries: { id: string }[]; cursor: string };
    expect(new Set(found.entries.map(({ id }) => id)).size).toBe(1200);
    expect(found.cursor).toBe('1200');
    expect(inputs('history.search')).toHaveLength(3);
  });
});

it('says of every workspace how much was read and why it stopped', async () => {
  const { out, err, inputs } = await run(['history', 'sync', 'agency', '--backfill', '--pages', '3'], {
    'history.sync': () => [
      {
        workspaceId: paid.id,
        workspaceName: 'agency',
        added: 12,
        linked: 1,
        complete: false,
        oldestAt: 0,
        message: 'The vendor asks to wait.',
      },
    ],
  });
  expect(inputs('history.sync')).toEqual([{ workspaceId: 'w2', backfill: true, pages: 3 }]);
  expect(out).toMatch(/^agency: 12 new items, 1 is ours; read back to .*; --backfill goes on.\n$/);
  expect(err).toBe('agency: The vendor asks to wait.\n');
});

describe('the history of a workspace that is named', () => {
  const stopped = {
    workspaceId: paid.id,
    workspaceName: 'agency',
    added: 0,
    linked: 0,
    complete: false,
    oldestAt: null,
    message: 'It was not read.',
  };
  const sync = ['history', 'sync', 'agency'];

  it('is said not to be kept where its vendor keeps none', async () => {
    const { exitCode, err } = await run(sync, {
      'history.sync': () => [],
      'workspace.providers': () => [
        {
          provider: 'chosen',
          title: 'Chosen Voice AI',
          abilities: paid.abilities,
          hosts: [],
          settings: [],
          notice: null,
        },
      ],
    });
    expect(exitCode).toBe(0);
    expect(err).toBe('agency: Chosen Voice AI keeps no history.\n');
  });

  it('that a key may not read ends with 6', async () => {
    const missing = { name: 'History', ok: false, message: 'No.', missing: 'speech_history_read' };
    const { exitCode } = await run(sync, {
      'history.sync': () => [stopped],
      'account.meters': () => [],
      'workspace.test': () => ({ ok: false, checks: [missing] }),
    });
    expect(exitCode).toBe(6);
  });

  it('that stopped for nothing the account can mend ends with 0', async () => {
    const { exitCode } = await run(sync, {
      'history.sync': () => [stopped],
      'workspace.test': () => ({ ok: true, checks: [] }),
    });
    expect(exitCode).toBe(0);
  });
});

describe("fetching an item's audio", () => {
  const handlers: FakeHandlers = { 'history.fetchAudio': () => take };
  beforeEach(() => writeFile(join(folder, 'stored.mp3'), audio));

  it('makes it a take and says where it lies', async () => {
    const { out, inputs } = await run(['history', 'fetch', 'e1'], handlers);
    expect(inputs('history.fetchAudio')).toEqual([{ id: 'e1' }]);
    expect(out).toBe(`t1: ${join(folder, 'stored.mp3')}\n`);
  });

  it.each(['spring.mp3', 'spring'])('puts a copy under %j where it is asked for', async (name) => {
    const { out } = await run(['history', 'fetch', 'e1', '--out', `copies/${name}`, '--json'], handlers);
    expect(JSON.parse(out)).toMatchObject({ id: 't1', file: join(folder, 'copies/spring.mp3') });
    expect(await readFile(join(folder, 'copies/spring.mp3'), 'utf8')).toBe(audio);
  });

  it('does not write it under an ending that it is not', async () => {
    const { exitCode, err } = await run(['history', 'fetch', 'e1', '--out', 'spring.wav'], handlers);
    expect(exitCode).toBe(2);
    expect(err).toContain('.mp3');
    expect(await readdir(folder)).toEqual(['stored.mp3']);
  });
});

it('writes a note and takes it away', async () => {
  const handlers: FakeHandlers = { 'history.setNote': ({ note }) => ({ ...entry, note }) };
  const noted = await run(['history', 'note', 'e1', 'client likes it', '--json'], handlers);
  expect(JSON.parse(noted.out)).toMatchObject({ id: 'e1', note: 'client likes it' });
  expect((await run(['history', 'note', 'e1', ''], handlers)).out).toBe('The note is gone.\n');
});
