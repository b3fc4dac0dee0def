/** The picker by keyboard alone: moving plays and never spends, C compares, numbers play, Enter casts. */
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Take } from '#contract/entities.ts';
import { StudioContext } from '#renderer/app/studio-context.ts';
import { VoicePicker } from '#renderer/screens/scripts/voice-picker.tsx';
import { createStudio } from '#renderer/stores/studio.ts';
import { createEngineStandIn } from '#test/unit/renderer/engine-stand-in.ts';
import { voice } from '#test/unit/renderer/voice-fixture.ts';
import { type Mounted, mount } from './mount.tsx';

let mounted: Mounted | undefined;
afterEach(() => mounted?.unmount());

const previews = [{ previewId: 'p', language: null, style: null, model: null }];
const voices = Array.from({ length: 10_000 }, (_, at) =>
  voice(`Voice ${String(at).padStart(4, '0')}`, { free: false, previews, accent: `accent ${at % 9}` }),
);
const role = {
  character: 'HOST',
  entry: { character: 'HOST', voice: 'scratch/Voice 0000', model: null, settings: {} },
  lines: [{ position: 1, text: 'Hello there.', direction: null, settings: {} }],
};

const open = () => {
  const engine = createEngineStandIn({
    'voice.list': () => ({ voices, total: voices.length, facets: {}, catalogues: [], unavailable: [] }),
    'voice.quote': () => ({ credits: 42, owned: false, note: '' }),
    'palette.get': () => [],
    'preference.set': () => ({}),
  });
  const studio = createStudio(engine.client, window);
  const preview = vi.fn(async () => undefined);
  const audition = vi.fn(
    async (spoken: { readonly voiceId: string }) =>
      ({ id: spoken.voiceId, durationMs: 900, loudnessLufs: -20, text: 'x' }) as unknown as Take,
  );
  const change = vi.fn(async () => true);
  const start = vi.fn(async () => undefined);
  Object.assign(studio.sound, { inPlace: preview });
  Object.assign(studio.cast, { change, make: async (pin: { voice: { voiceId: string } }) => audition(pin.voice) });
  Object.assign(studio.player, { start });
  studio.voices.setState({ status: 'ready', voices });
  const onClose = vi.fn();
  mounted = mount(
    <StudioContext value={studio}>
      <VoicePicker role={role} current={voices[0]} onClose={onClose} />
    </StudioContext>,
  );
  return { studio, engine, preview, change, onClose };
};

it('finds among ten thousand voices, plays while moving, compares and casts without the mouse', async () => {
  const { studio, engine, preview, change, onClose } = open();
  const search = page.getByRole('searchbox', { name: 'Find a voice' });
  await expect.element(search).toHaveFocus();
  await userEvent.keyboard('770');
  const grid = page.getByRole('grid', { name: 'Voices for HOST' });
  await expect.element(page.getByText(/^\d+ voices$/)).toBeVisible();
  expect(grid.element().querySelectorAll('[role="row"]').length).toBeLessThan(60);

  await userEvent.keyboard('{ArrowDown}');
  await expect.element(grid).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(() => preview.mock.lastCall?.at(0)).toMatchObject({ name: 'Voice 1770' });

  await userEvent.keyboard('c{ArrowDown}c');
  expect(studio.cast.getState().pins.map((pin) => pin.voice.name)).toEqual(['Voice 1770', 'Voice 2770']);
  await expect.element(page.getByRole('button', { name: 'Audition Voice 1770, ~42 credits' }).last()).toBeVisible();
  await userEvent.keyboard('1');
  expect(engine.called('voice.audition')).toEqual([]);

  await userEvent.keyboard('{Enter}');
  expect(change).toHaveBeenCalledWith('HOST as Voice 2770', { HOST: { voice: 'scratch/Voice 2770' } });
  await expect.poll(() => onClose.mock.calls.length).toBe(1);
});
