import { describe, expect, it } from 'vitest';
import type { Command } from '#renderer/app/command.ts';
import { commands, keysOf } from '#renderer/app/commands.ts';
import { bind, findCommands, judgeChord, resetAll } from '#renderer/app/shortcut-edits.ts';
import type { Studio } from '#renderer/stores/studio.ts';

const command = (id: string, where: Command['where'], keys: readonly string[]): Command => ({
  id,
  title: () => id,
  keys,
  where,
  run: () => undefined,
});
const all = [
  command('play', 'anywhere', ['Space']),
  command('approve', 'review', ['A']),
  command('all', 'history', ['A']),
];
const [play, approve, everything] = all as [Command, Command, Command];

describe('keys for a command', () => {
  it('are free where nothing else has them', () => {
    expect(judgeChord(play, 'P', {}, all)).toEqual({ kind: 'free' });
  });
  it('are taken by a command of the same place, as it is bound now', () => {
    expect(judgeChord(play, 'P', { other: ['P'] }, [...all, command('other', 'anywhere', [])])).toMatchObject({
      kind: 'taken',
      by: { id: 'other' },
    });
    expect(judgeChord(approve, 'A', { all: [] }, all)).toEqual({ kind: 'free' });
  });
  it('may be those of another room, and go before what is known everywhere', () => {
    expect(judgeChord(approve, 'A', {}, all)).toEqual({ kind: 'free' });
    expect(judgeChord(everything, 'Space', {}, all)).toMatchObject({ kind: 'beside', other: { id: 'play' } });
    expect(judgeChord(play, 'A', {}, all)).toMatchObject({ kind: 'beside', other: { id: 'approve' } });
  });
  it('are refused where the browser keeps them', () => {
    for (const chord of ['Mod+T', 'Mod+W', 'Tab', 'F5'])
      expect(judgeChord(play, chord, {}, all)).toEqual({ kind: 'reserved' });
  });
});

const studioOf = () => {
  let shortcuts: Record<string, string[]> = {};
  const edits: { undo: () => Promise<unknown>; redo: () => Promise<unknown> }[] = [];
  const studio = {
    preferences: {
      getState: () => ({ shortcuts }),
      set: async (_name: string, value: Record<string, string[]>) => {
        shortcuts = value;
      },
    },
    undo: { note: (edit: (typeof edits)[number]) => edits.push(edit) },
  } as unknown as Studio;
  return { studio, edits, own: () => shortcuts };
};
const named = (id: string): Command => {
  const found = commands.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no command ${id}.`);
  return found;
};

describe('binding', () => {
  it('takes the keys from the command that had them, and gives them back when it is undone', async () => {
    const { studio, edits, own } = studioOf();
    await bind(studio, named('go.voices'), ['Mod+2']);
    expect(own()).toEqual({ 'go.voices': ['Mod+2'], 'go.renders': [] });
    await edits[0]?.undo();
    expect(own()).toEqual({});
    await edits[0]?.redo();
    expect(keysOf(named('go.renders'), own())).toEqual([]);
  });
  it('goes back to the usual keys, one or all', async () => {
    const { studio, own } = studioOf();
    await bind(studio, named('go.usage'), ['U']);
    await bind(studio, named('go.voices'), ['V']);
    await bind(studio, named('go.usage'), null);
    expect(own()).toEqual({ 'go.voices': ['V'] });
    await resetAll(studio);
    expect(own()).toEqual({});
  });
});

it('finds commands by their words and by their keys', () => {
  expect(findCommands('voices', {}).map(({ id }) => id)).toContain('go.voices');
  expect(findCommands('ctrl+k', {}).map(({ id }) => id)).toEqual(['palette.toggle']);
  expect(findCommands('nothing is called this', {})).toEqual([]);
});
