import { describe, expect, it } from 'vitest';
import { matchVoice } from '#engine/voices/match-voice.ts';
import { availabilityOf, bareVoice } from '#engine/voices/show-voice.ts';

const shelf = (
  voices: readonly (readonly [voiceId: string, name: string, gone?: 'gone'])[],
  aliases: Readonly<Record<string, string>> = {},
) => ({
  find: (voiceId: string) => {
    const row = voices.find(([id]) => id === voiceId);
    return row === undefined
      ? undefined
      : { voice: { ...bareVoice(row[0]), name: row[1] }, goneAt: row[2] === undefined ? null : 1 };
  },
  named: (name: string) => voices.filter(([, own]) => own === name).map(([voiceId]) => voiceId),
  marks: () => Object.entries(aliases).map(([alias, voiceId]) => ({ voiceId, alias, favourite: false, usedAt: null })),
});

describe('the voice that a script means', () => {
  it('is the one with that id, whatever others are called', () => {
    expect(
      matchVoice(
        shelf(
          [
            ['Ann', 'Rachel'],
            ['x', 'Ann'],
          ],
          { Ann: 'x' },
        ),
        'Ann',
      ),
    ).toEqual({ kind: 'voice', voiceId: 'Ann' });
  });

  it('is the one with that name, where no other has it', () => {
    expect(
      matchVoice(
        shelf(
          [
            ['x', 'Ann'],
            ['y', 'Bob'],
          ],
          { Ann: 'y' },
        ),
        'Ann',
      ),
    ).toEqual({ kind: 'voice', voiceId: 'x' });
  });

  it('is the one with that alias, where no voice has the name', () => {
    expect(matchVoice(shelf([['x', 'Ann']], { 'the boss': 'x' }), 'the boss')).toEqual({ kind: 'voice', voiceId: 'x' });
  });

  it('stays open where several have the name, until an alias settles it', () => {
    const two = [
      ['x', 'Ann'],
      ['y', 'Ann'],
    ] as const;
    expect(matchVoice(shelf(two), 'Ann')).toEqual({ kind: 'ambiguous', voiceIds: ['x', 'y'] });
    expect(matchVoice(shelf(two, { Ann: 'y' }), 'Ann')).toEqual({ kind: 'voice', voiceId: 'y' });
  });

  it('is one that is gone only where no other is meant', () => {
    const voices = [
      ['old', 'Ann', 'gone'],
      ['new', 'Ann'],
    ] as const;
    expect(matchVoice(shelf(voices), 'Ann')).toEqual({ kind: 'voice', voiceId: 'new' });
    expect(matchVoice(shelf(voices), 'old')).toEqual({ kind: 'gone', voiceId: 'old' });
    expect(matchVoice(shelf([['old', 'Ann', 'gone']]), 'Ann')).toEqual({ kind: 'gone', voiceId: 'old' });
  });

  it('is nobody where nothing is called so', () => {
    expect(matchVoice(shelf([['x', 'Ann']]), 'ann')).toEqual({ kind: 'unknown' });
  });
});

describe('a voice', () => {
  const listed = { voice: bareVoice('x'), goneAt: null };
  it.each([
    ['stays while nobody withdraws it', listed, 'available'],
    [
      'stays while it has only a period of notice',
      { ...listed, voice: { ...listed.voice, noticePeriodDays: 90 } },
      'available',
    ],
    ['has notice until its day', { ...listed, voice: { ...listed.voice, noticeEndsAt: 101 } }, 'notice'],
    ['is gone from its day on', { ...listed, voice: { ...listed.voice, noticeEndsAt: 100 } }, 'gone'],
    ['is gone when its vendor lists it no more', { ...listed, goneAt: 50 }, 'gone'],
  ] as const)('%s', (_, voice, availability) => {
    expect(availabilityOf(voice, 100)).toBe(availability);
  });
});
