import { describe, expect, it, vi } from 'vitest';
import type { Render, RenderId, RenderItem, Take, TakeId } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createVoiceSound, speechKey } from '#renderer/stores/voice-sound.ts';
import { createVoiceStore } from '#renderer/stores/voice-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';
import { voice } from './voice-fixture.ts';

const settle = async (): Promise<void> => {
  for (let n = 0; n < 20; n++) await Promise.resolve();
};

describe('an audition', () => {
  const speech = { text: 'Hello.' };
  const setUp = (item: () => Partial<RenderItem>) => {
    const engine = createEngineStandIn({
      'voice.audition': () => ({ renderId: 'r1' }),
      'voice.quote': () => ({ credits: 12, owned: false, note: '' }),
      'voice.preview': ({ voiceId }) => ({ mediaId: `preview-${String(voiceId)}` }),
      'render.items': () => [{ takeId: null, state: 'running', error: null, ...item() }],
      'take.get': ({ takeId }) => ({ id: takeId }),
    });
    const messages = createMessageStore();
    const player = { startTake: vi.fn(async () => undefined), startMedia: vi.fn(async () => undefined) };
    return { engine, messages, player, store: createVoiceSound(engine.client, messages, player) };
  };

  it('is played as soon as its line is ready, and is owned from then on', async () => {
    let item: Partial<RenderItem> = {};
    const { engine, store, player } = setUp(() => item);
    const slt = voice('slt');
    await store.ask(slt, speech);
    expect(store.getState().quotes.get(speechKey(slt, speech))?.quote.credits).toBe(12);
    const heard = store.hear(slt, speech);
    expect(store.getState().auditioning).toEqual([speechKey(slt, speech)]);
    await settle();
    item = { takeId: 't1' as TakeId, state: 'succeeded' };
    engine.push('render.changed', { render: { id: 'r1' as RenderId } as Render });
    expect((await heard)?.id).toBe('t1');
    expect(player.startTake).toHaveBeenCalledWith({ id: 't1' } as Take);
    expect(store.getState().auditioning).toEqual([]);
    expect(store.getState().quotes.get(speechKey(slt, speech))?.quote).toMatchObject({ credits: 0, owned: true });
  });

  it('says why when the line failed, and can be tried again', async () => {
    const { store, messages } = setUp(() => ({
      state: 'failed',
      error: { code: 'text_rejected', message: 'The text was refused.' },
    }));
    expect(await store.hear(voice('slt'), speech)).toBeNull();
    expect(messages.getState().messages.map(({ text }) => text)).toEqual(['The text was refused.']);
    expect(store.getState().auditioning).toEqual([]);
  });

  it('is asked for its price once, however many ask', async () => {
    const { engine, store } = setUp(() => ({}));
    await Promise.all([store.ask(voice('slt'), speech), store.ask(voice('slt'), speech)]);
    await store.ask(voice('slt'), speech);
    expect(engine.called('voice.quote')).toHaveLength(1);
  });

  it('never spends by moving through the list: a preview plays, or what is free, or nothing', async () => {
    const { engine, store, player } = setUp(() => ({ takeId: 't1' as TakeId, state: 'succeeded' }));
    const previews = [{ previewId: 'p', language: null, style: null, model: null }];
    await store.inPlace(voice('paid', { free: false }), speech);
    await Promise.all([
      store.inPlace(voice('first', { free: false, previews }), speech),
      store.inPlace(voice('second', { free: false, previews }), speech),
    ]);
    expect(engine.called('voice.audition')).toEqual([]);
    expect(player.startMedia.mock.calls).toEqual([[expect.objectContaining({ mediaId: 'preview-second' })]]);
    await store.inPlace(voice('slt'), speech);
    expect(engine.called('voice.audition')).toHaveLength(1);
  });
});

describe('the list of voices', () => {
  const setUp = (list: readonly Voice[]) => {
    let stored = list;
    const engine = createEngineStandIn({
      'voice.list': ({ offset = 0, limit = 1 }) => ({
        voices: stored.slice(Number(offset), Number(offset) + Number(limit)),
        total: stored.length,
        facets: {},
        catalogues: [],
        unavailable: [],
      }),
      'voice.mark': ({ voiceId, ...mark }) => {
        stored = stored.map((one) => (one.voiceId === voiceId ? { ...one, ...mark } : one));
        engine.push('voice.changed', { workspaceId: null });
        return stored.find((one) => one.voiceId === voiceId);
      },
      'palette.get': () => [],
      'palette.set': ({ voices: set }) => {
        const ids = (set as { voiceId: string }[]).map(({ voiceId }) => voiceId);
        return ids.map((id) => stored.find(({ voiceId }) => voiceId === id));
      },
    });
    const messages = createMessageStore();
    const undo = createUndoStore(messages);
    return { engine, undo, store: createVoiceStore(engine.client, messages, undo) };
  };

  it('is read in pages until it is whole', async () => {
    const { engine, store } = setUp(Array.from({ length: 2500 }, (_, at) => voice(`v${at}`)));
    await store.open();
    expect(store.getState()).toMatchObject({ status: 'ready' });
    expect(store.getState().voices).toHaveLength(2500);
    expect(engine.called('voice.list')).toHaveLength(3);
  });

  it('takes a favourite back by undo, without reading all voices again', async () => {
    const { engine, undo, store } = setUp([voice('slt')]);
    await store.open();
    const favourite = (): boolean | undefined => store.getState().voices[0]?.favourite;
    await store.favour(voice('slt'));
    expect(favourite()).toBe(true);
    await undo.undo();
    expect(favourite()).toBe(false);
    await undo.redo();
    expect(favourite()).toBe(true);
    expect(engine.called('voice.list')).toHaveLength(1);
  });

  it('puts a voice into a palette and out again, each with its way back', async () => {
    const { undo, store } = setUp([voice('slt'), voice('rms')]);
    await store.open();
    await store.loadPalette('p' as never);
    const names = (): readonly string[] => store.getState().palette?.voices.map(({ name }) => name) ?? [];
    await store.inPalette(voice('slt'), 'Spring');
    await store.inPalette(voice('rms'), 'Spring');
    await store.setPalette([voice('rms'), voice('slt')], 'order');
    expect(names()).toEqual(['rms', 'slt']);
    await undo.undo();
    await undo.undo();
    expect(names()).toEqual(['slt']);
  });
});
