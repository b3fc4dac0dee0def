import { describe, expect, it, vi } from 'vitest';
import type { CastEntry, Script, ScriptId, Take } from '#contract/entities.ts';
import { castingOf, filledIn, rolesOf, speechOf, voiceNamed } from '#renderer/screens/scripts/roles.ts';
import { createCastStore, levelsOf } from '#renderer/stores/cast-store.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';
import { voice } from './voice-fixture.ts';

const entry = (part: Partial<CastEntry> = {}): CastEntry => ({
  character: 'HOST',
  voice: 'scratch/slt',
  model: null,
  settings: {},
  ...part,
});
const setUp = () => {
  let script = { id: 's1', path: 'a', projectId: 'p', source: 'one', cast: [entry()] } as unknown as Script;
  const engine = createEngineStandIn({
    'script.get': () => script,
    'script.setCast': ({ cast }) => {
      const change = (cast as Record<string, Partial<CastEntry>>)['HOST'] ?? {};
      script = { ...script, source: `${script.source}+`, cast: [{ ...entry(), ...script.cast[0], ...change }] };
      return script;
    },
    'script.save': ({ source }) => {
      script = { ...script, source: (source as { text: string }).text, cast: [entry()] };
      return script;
    },
  });
  const messages = createMessageStore();
  const undo = createUndoStore(messages);
  const player = { start: vi.fn(async () => undefined) };
  const store = createCastStore(engine.client, messages, {
    script: { save: async () => undefined, getState: () => ({ script, save: 'saved' }) as never },
    undo,
    sound: {
      audition: async ({ voiceId }) =>
        ({ id: voiceId, durationMs: 900, text: 'x', loudnessLufs: voiceId === 'loud' ? -15 : -20 }) as unknown as Take,
    },
    player,
  });
  return {
    engine,
    undo,
    store,
    player,
    now: () => script,
    write: (source: string) => {
      script = { ...script, source };
    },
  };
};

describe('a change of the cast', () => {
  it('is taken back byte for byte while nobody wrote in between', async () => {
    const { engine, undo, store, now } = setUp();
    await store.change('HOST as rms', { HOST: { voice: 'scratch/rms' } });
    expect(now().cast[0]?.voice).toBe('scratch/rms');
    await undo.undo();
    expect(now().source).toBe('one');
    expect(engine.called('script.save')).toHaveLength(1);
    await undo.redo();
    expect(now().cast[0]?.voice).toBe('scratch/rms');
  });

  it('is taken back entry by entry after another edit, which stays', async () => {
    const { engine, undo, store, now, write } = setUp();
    await store.change('HOST as rms', { HOST: { voice: 'scratch/rms' } });
    write('other words');
    await undo.undo();
    expect(engine.called('script.save')).toEqual([]);
    expect(now()).toMatchObject({ source: 'other words+', cast: [{ voice: 'scratch/slt' }] });
  });

  it('replaces a voice that goes in every script that names it, as one edit', async () => {
    const { undo, store, now } = setUp();
    const impact = { voice: voice('slt'), scripts: [{ scriptId: 's1' as ScriptId, title: 'A', characters: ['HOST'] }] };
    expect(await store.replaceEverywhere(impact, voice('rms'))).toBe(1);
    expect(now().cast[0]?.voice).toBe('scratch/rms');
    await undo.undo();
    expect(now().cast[0]?.voice).toBe('scratch/slt');
    expect(await store.replaceEverywhere({ ...impact, voice: voice('awb') }, voice('rms'))).toBe(0);
  });
});

describe('voices side by side', () => {
  it('are four at most, and play at the level of the softest', async () => {
    const { store, player } = setUp();
    const pins = ['loud', 'soft', 'c', 'd', 'e'].map((name) => ({ voice: voice(name), speech: { text: 'Hi.' } }));
    for (const pin of pins) store.pin(pin);
    expect(store.getState().pins.map((pin) => pin.voice.name)).toEqual(['loud', 'soft', 'c', 'd']);
    expect(store.playPin(0)).toBe(false);
    for (const pin of pins.slice(0, 2)) await store.make(pin);
    expect(store.playPin(0)).toBe(true);
    expect(player.start).toHaveBeenCalledWith(
      expect.objectContaining({ steps: [expect.objectContaining({ takeId: 'loud', gainDb: -5 })] }),
    );
  });

  it('are left as loud as they are where one is too short to measure', () => {
    expect(levelsOf([{ loudnessLufs: -20 }, { loudnessLufs: null }] as Take[])).toBeNull();
    expect(levelsOf([{ loudnessLufs: -14.5 }, undefined, { loudnessLufs: -20 }] as Take[])).toEqual([-5.5, 0, 0]);
  });
});

describe('a role', () => {
  it('is heard with its own first line, as the first variant says it', () => {
    const line = {
      position: 1,
      character: 'HOST',
      text: 'Hi {{city}}, {{ day|"Monday" }}. [pause 300ms]',
      direction: 'warm',
      settings: {},
    };
    const [role] = rolesOf([entry()], [line] as never, { city: 'Leeds' });
    expect(role?.lines[0]?.text).toBe('Hi Leeds, Monday. [pause 300ms]');
    expect(filledIn('{{first_name}}', {})).toBe('first name');
  });

  it('sends the model to its own workspace only, and all settings for the model to choose from', () => {
    const role = { entry: entry({ model: 'm1', settings: { speed: 1.1 } }) };
    const line = { text: 'Hi.', direction: null, settings: { speed: 1.2 } };
    const script = { projectId: undefined, language: 'en-GB' };
    expect(speechOf(role, line, script, voice('rms'))).toMatchObject({
      model: 'm1',
      settings: { language: 'en-GB', speed: 1.2 },
    });
    expect(speechOf(role, line, script, voice('x', { workspaceName: 'other' })).model).toBeNull();
  });

  it('keeps model and settings where they mean something to the next voice', () => {
    const role = { character: 'HOST', entry: entry({ model: 'm1', settings: { a: 1 } }), lines: [] };
    const [slt, rms, other] = [voice('slt'), voice('rms', { models: ['m2'] }), voice('x', { provider: 'elevenlabs' })];
    expect(castingOf(role, voice('awb'), slt)).toEqual({ HOST: { voice: 'scratch/awb' } });
    expect(castingOf(role, rms, slt)).toEqual({ HOST: { voice: 'scratch/rms', model: null } });
    expect(castingOf(role, { ...other, workspaceId: 'w2' as never }, slt)).toEqual({
      HOST: { voice: 'scratch/x', model: null, settings: {} },
    });
  });

  it('knows its voice by id, name or alias', () => {
    const voices = [voice('v1', { name: 'Rachel' }), voice('v2', { alias: 'star' })];
    expect(
      ['scratch/v1', 'scratch/Rachel', 'scratch/star', 'scratch/no'].map((one) => voiceNamed(voices, one)?.voiceId),
    ).toEqual(['v1', 'v1', 'v2', undefined]);
  });
});
