import { describe, expect, it } from 'vitest';
import { similarVoices } from '#engine/voices/similar.ts';
import { makeVoice } from './make-voice.ts';

const gone = makeVoice('gone', {
  language: 'en-US',
  gender: 'female',
  age: 'young',
  accent: 'american',
  useCases: ['advertisement'],
  styles: ['happy'],
  models: ['m1'],
  priceMultiplier: 2,
  availability: 'gone',
});
const twin = { ...gone, availability: 'available' as const };
const order = (...voices: readonly ReturnType<typeof makeVoice>[]): string[] =>
  similarVoices(gone, voices, 10).map(({ voice }) => voice.voiceId);

describe('the nearest replacements', () => {
  it('begin with the one that shares most, and say what is shared', () => {
    const [best, second] = similarVoices(
      gone,
      [
        makeVoice('other', { language: 'en-GB', gender: 'male' }),
        makeVoice('twin', { ...twin, voiceId: 'twin', priceMultiplier: 1 }),
      ],
      5,
    );
    expect(best?.voice.voiceId).toBe('twin');
    expect(best?.reasons).toEqual([
      'same language (en-US)',
      'same gender (female)',
      'same accent (american)',
      'same age (young)',
      'for the same use (advertisement)',
      'same style (happy)',
      'speaks with the same model (m1)',
      'in the same workspace',
      'costs less',
    ]);
    expect(second?.voice.voiceId).toBe('other');
  });

  it('hold a common language for more than anything else', () => {
    expect(
      order(
        makeVoice('german', { ...twin, voiceId: 'german', language: 'de' }),
        makeVoice('english', { workspaceId: 'w2', provider: 'supertone', language: 'en', gender: 'female' }),
      ),
    ).toEqual(['english', 'german']);
  });

  it('put a voice that will go as well behind one that stays', () => {
    expect(
      order(
        makeVoice('leaving', { ...twin, voiceId: 'leaving', availability: 'notice', noticeEndsAt: 9 }),
        makeVoice('staying', { ...twin, voiceId: 'staying', age: 'old', styles: [] }),
      ),
    ).toEqual(['staying', 'leaving']);
  });

  it('leave out the voice itself, voices that are gone, and those that share nothing', () => {
    expect(
      order(
        twin,
        makeVoice('dead', { ...twin, voiceId: 'dead', availability: 'gone' }),
        makeVoice('stranger', { workspaceId: 'w2', provider: 'scratch', language: 'ko', gender: 'male' }),
      ),
    ).toEqual([]);
  });

  it('are no more than were asked for', () => {
    const many = Array.from({ length: 9 }, (_, index) => makeVoice(`v${index}`, { ...twin, voiceId: `v${index}` }));
    expect(similarVoices(gone, many, 3)).toHaveLength(3);
  });
});
