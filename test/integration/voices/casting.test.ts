/** What scripts may call a voice, and what becomes of them when a voice goes. */
import { describe, expect, it } from 'vitest';
import { addVendor, bill, endAll, idsOf, minute, rachel, sarah, startScene } from './setup.ts';
import { voiceOf } from './listing-vendor.ts';

endAll();

describe('a script', () => {
  it('may name a voice by its id, its name or our alias, and sends the id', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    await studio.client.call('voice.mark', { workspaceId, voiceId: 'v-bill', alias: 'the old man' });
    for (const [index, voice] of ['v-sarah', 'Rachel', 'the old man'].entries()) {
      const script = await studio.script(
        Array.from({ length: index + 1 }, (_, line) => `Said by ${voice} ${line}.`),
        `eleven/${voice}`,
      );
      await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    }
    expect(new Set(vendor.spoken)).toEqual(new Set(['v-sarah', 'v-rachel', 'v-bill']));
  });

  it('that names several voices is told which there are', async () => {
    const { vendor, open } = startScene();
    vendor.voices = [rachel, voiceOf('v-other', 'Rachel')];
    const studio = await open();
    await addVendor(studio);
    const script = await studio.script(['Hello there.'], 'eleven/Rachel');
    const { problems } = await studio.client.call('render.estimate', { scriptId: script.id });
    expect(problems.find(({ code }) => code === 'voice_unknown')?.message).toContain(
      'eleven/v-rachel or eleven/v-other',
    );
  });

  it('whose voice is gone is refused with the nearest replacements, and speaks again when the voice is back', async () => {
    const { vendor, skip, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    const script = await studio.script(['Hello there.'], 'eleven/v-rachel');
    vendor.voices = [bill, sarah];
    skip(6 * minute);
    await studio.client.call('voice.refresh', { workspaceId });
    await expect(studio.client.call('render.enqueue', { scriptId: script.id })).rejects.toMatchObject({
      code: 'script_has_errors',
      message: expect.stringMatching(
        /"eleven\/v-rachel" \(Rachel\) is gone: .* Most like it: Sarah \(eleven\/v-sarah\), /,
      ),
    });
    vendor.voices = [rachel];
    await studio.client.call('voice.refresh', { workspaceId });
    const render = await studio.client.call('render.enqueue', { scriptId: script.id });
    expect((await studio.settled(render.id)).state).toBe('done');
  });

  it('is not held up by a list that was never read', async () => {
    const { vendor, open } = startScene();
    vendor.failure = 'No list today.';
    const studio = await open();
    await addVendor(studio);
    const script = await studio.script(['Hello there.'], 'eleven/v-unheard-of');
    const render = await studio.client.call('render.enqueue', { scriptId: script.id });
    expect((await studio.settled(render.id)).state).toBe('done');
    expect(vendor.spoken).toEqual(['v-unheard-of']);
  });
});

describe('a voice that goes', () => {
  it('is shown with the scripts and characters that need it, in the cast or in a row of the variants', async () => {
    const { vendor, open } = startScene();
    vendor.voices = [rachel, { ...sarah, noticeEndsAt: Date.now() + 90 * 24 * 60 * minute }, bill];
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    await studio.client.call('voice.mark', { workspaceId, voiceId: 'v-rachel', alias: 'star' });
    const { id: projectId } = await studio.client.call('project.ensure', { name: 'Test' });
    const save = (path: string, cast: string) =>
      studio.client.call('script.save', {
        projectId,
        path,
        source: { kind: 'text', text: `---\ntitle: ${path}\ncast:\n${cast}---\nANN: Hello.\nBOB: Hello.\n` },
      });
    const byAlias = await save('alias.txt', '  ANN: eleven/star\n  BOB: eleven/v-bill\n');
    const byName = await save('name.txt', '  ANN: eleven/Sarah\n  BOB: eleven/v-sarah\n');
    await save('other.txt', '  ANN: eleven/v-bill\n  BOB: scratch/free-voice\n');
    await studio.client.call('variant.import', {
      scriptId: byAlias.id,
      source: { kind: 'text', text: 'name,voice:BOB\none,eleven/v-rachel\ntwo,\n' },
    });
    vendor.voices = vendor.voices.slice(1);
    await studio.client.call('voice.refresh', { workspaceId });
    const impact = await studio.client.call('voice.impact', {});
    expect(
      impact.map(({ voice, scripts }) => [
        voice.name,
        voice.availability,
        scripts.map(({ scriptId, characters }) => [scriptId, characters]),
      ]),
    ).toEqual([
      ['Sarah', 'notice', [[byName.id, ['ANN', 'BOB']]]],
      ['Rachel', 'gone', [[byAlias.id, ['ANN', 'BOB']]]],
    ]);
    await studio.client.call('script.remove', { scriptId: byName.id });
    await studio.client.call('script.setCast', { scriptId: byAlias.id, cast: { ANN: 'eleven/v-bill' } });
    expect(await studio.client.call('voice.impact', {})).toMatchObject([
      { voice: { name: 'Rachel' }, scripts: [{ characters: ['BOB'] }] },
    ]);
  });

  it('has replacements in all workspaces, best first, with what speaks for them', async () => {
    const { open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    const similar = await studio.client.call('voice.similar', { workspaceId, voiceId: 'v-rachel' });
    expect(similar.map(({ voice }) => voice.reference)).toEqual([
      'eleven/v-sarah',
      'scratch/free-voice',
      'eleven/v-bill',
    ]);
    expect(similar[0]?.reasons).toEqual([
      'same language (en-US)',
      'same gender (female)',
      'same age (young)',
      'for the same use (advertisement)',
      'in the same workspace',
    ]);
    expect(similar[1]?.reasons).toContain('free');
    await expect(studio.client.call('voice.similar', { workspaceId, voiceId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
