import { describe, expect, it } from 'vitest';
import type { Render, RenderId, RenderItem, TakeId, WorkspaceId } from '#contract/entities.ts';
import { Voice } from '#contract/voices.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createVoiceStore, matchVoices } from '#renderer/stores/voice-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';

const voice = (name: string, part: Partial<Voice> = {}): Voice => ({
  ...Voice.parse({
    workspaceId: 'w1' as WorkspaceId,
    workspaceName: 'scratch',
    provider: 'scratch',
    voiceId: name,
    name,
    language: 'en-US',
    gender: 'female',
    description: null,
    reference: `scratch/${name}`,
    free: true,
  }),
  ...part,
});
const everything = { search: '', language: null, gender: null, workspaceName: null };

describe('finding a voice', () => {
  const voices = [
    voice('slt'),
    voice('rms', { gender: 'male' }),
    voice('Anna', { language: 'de', description: 'warm, radio' }),
  ];

  it('takes every word of the search, in any of its texts', () => {
    expect(matchVoices(voices, { ...everything, search: 'radio WARM' }).map(({ name }) => name)).toEqual(['Anna']);
  });

  it('takes search and facets together', () => {
    expect(matchVoices(voices, { ...everything, search: 'scratch', gender: 'male' }).map(({ name }) => name)).toEqual([
      'rms',
    ]);
    expect(matchVoices(voices, { ...everything, language: 'de', gender: 'male' })).toEqual([]);
  });
});

describe('an audition', () => {
  const setUp = (item: () => Partial<RenderItem>) => {
    const engine = createEngineStandIn({
      'voice.audition': () => ({ renderId: 'r1' }),
      'render.items': () => [{ takeId: null, state: 'running', error: null, ...item() }],
    });
    const messages = createMessageStore();
    return { engine, messages, store: createVoiceStore(engine.client, messages) };
  };

  it('gives the take as soon as its line is ready', async () => {
    let item: Partial<RenderItem> = {};
    const { engine, store } = setUp(() => item);
    const heard = store.audition(voice('slt'));
    expect(store.getState().auditioning).toEqual(['scratch/slt']);
    await Promise.resolve();
    item = { takeId: 't1' as TakeId, state: 'succeeded' };
    for (let n = 0; n < 10; n++) await Promise.resolve();
    engine.push('render.changed', { render: { id: 'r1' as RenderId } as Render });
    expect(await heard).toBe('t1');
    expect(store.getState().auditioning).toEqual([]);
  });

  it('says why when the line failed, and can be tried again', async () => {
    const { store, messages } = setUp(() => ({
      state: 'failed',
      error: { code: 'text_rejected', message: 'The text was refused.' },
    }));
    expect(await store.audition(voice('slt'))).toBeNull();
    expect(messages.getState().messages.map(({ text }) => text)).toEqual(['The text was refused.']);
    expect(store.getState().auditioning).toEqual([]);
  });
});
