import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MethodOutput } from '#contract/methods/index.ts';
import {
  createFakeStudio,
  createFakeTerminal,
  type FakeHandlers,
  runFake,
  type TerminalOptions,
} from './fake-studio.ts';

const storage: MethodOutput<'library.storage'> = {
  path: '/library',
  databaseBytes: 13_100_000,
  media: { files: 19, bytes: 1_100_000 },
  unreferenced: { files: 3, bytes: 9000, removable: 2, removableBytes: 6000 },
  previews: { files: 4, bytes: 80_000 },
  exports: { files: 1, bytes: 2_400_000 },
  backups: [{ file: '/library/backups/a.db', bytes: 9_000_000, createdAt: 0, reason: 'daily' }],
  putAside: [{ path: '/library.before-restore-x', createdAt: 0 }],
  freeBytes: 80_900_000_000,
};
const run = async (handlers: FakeHandlers, args: readonly string[], options: TerminalOptions = {}) => {
  const studio = createFakeStudio({ 'library.storage': () => storage, ...handlers });
  const terminal = createFakeTerminal(options);
  const exitCode = await runFake(studio, terminal, args);
  return { exitCode, studio, terminal, ...terminal.said };
};

describe('library storage', () => {
  it('says what lies where, and how much of it could go', async () => {
    const { out, studio } = await run({}, ['library', 'storage']);
    for (const part of ['13.1 MB', '19 files', '2 cost nothing and can go (6.0 kB)', '/library.before-restore-x'])
      expect(out).toContain(part);
    expect(studio.opened).toEqual(['read']);
  });
});

describe('library clean', () => {
  const cleaned: unknown[] = [];
  const cleanUp: FakeHandlers = {
    'library.cleanUp': (input) => {
      cleaned.push(input);
      return { files: 2, bytes: 6000 };
    },
  };
  it('removes free audio only, unless more is asked for', async () => {
    const { out } = await run(cleanUp, ['library', 'clean', '--yes']);
    expect(cleaned.at(-1)).toEqual({ what: ['unreferenced'] });
    expect(out).toContain('Removed 2 files, 6.0 kB.');
    await run(cleanUp, ['library', 'clean', '--previews', '--exports', '--yes']);
    expect(cleaned.at(-1)).toEqual({ what: ['unreferenced', 'previews', 'exports'] });
  });
  it('asks first, and does nothing without an answer', async () => {
    const before = cleaned.length;
    const { terminal, exitCode } = await run(cleanUp, ['library', 'clean'], { interactive: true, answer: false });
    expect(terminal.questions[0]).toContain('2 files');
    expect(exitCode).toBe(130);
    expect((await run(cleanUp, ['library', 'clean'])).exitCode).toBe(2);
    expect(cleaned).toHaveLength(before);
  });
});

describe('library restore', () => {
  const restored: FakeHandlers = {
    'library.restore': () => ({ takes: 2, scripts: 1, paused: 1, putAside: '/library.before-restore-y' }),
  };
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'cuebooth-cli-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  it('says what came, what was put aside and what waits', async () => {
    const file = join(folder(), 'a.cuebooth');
    writeFileSync(file, '');
    const { exitCode, out, err } = await run(restored, ['library', 'restore', file, '--yes']);
    expect(exitCode).toBe(0);
    expect(out).toBe('1 script and 2 takes are in the library now.\n');
    expect(err).toContain('/library.before-restore-y');
    expect(err).toContain('1 order');
  });
  it('does not open the library for a file that is not there, or without agreement', async () => {
    const missing = await run(restored, ['library', 'restore', join(folder(), 'none.cuebooth'), '--yes']);
    expect([missing.exitCode, missing.studio.opened]).toEqual([2, []]);
    const file = join(folder(), 'a.cuebooth');
    writeFileSync(file, '');
    const asked = await run(restored, ['library', 'restore', file], { interactive: true, answer: false });
    expect([asked.exitCode, asked.studio.opened]).toEqual([130, []]);
  });
});
