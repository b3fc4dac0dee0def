import { describe, expect, it } from 'vitest';
import type { RecipeHash } from '#contract/entities.ts';
import { cities, openCampaign, openDay } from './setup.ts';

describe('the list', () => {
  it('shows a sound once, however many variants say it, and what has no audio last', async () => {
    const { studio, script, list, render } = await openCampaign(openDay, cities);
    const before = await studio.client.call('review.list', { scriptId: script.id });
    expect(before.counts).toEqual({ open: 0, approved: 0, rejected: 0, missing: 4 });
    await render({ only: ['leeds', 'york'] });
    const { items, counts, characters } = await list();
    expect(counts).toEqual({ open: 3, approved: 0, rejected: 0, missing: 1 });
    expect(characters).toEqual(['HOST', 'GUEST']);
    const shared = items.find(({ character }) => character === 'GUEST');
    expect(shared).toMatchObject({ variantCount: 3, variants: ['leeds', 'york', 'hull'], takes: 1, takeNo: 1 });
    expect(items.at(-1)).toMatchObject({ takeId: null, variants: ['hull'] });
    expect((await list({ variant: 'hull' })).total).toBe(2);
    expect((await list({ character: 'HOST', order: 'script' })).items.map(({ variants }) => variants[0])).toEqual([
      'leeds',
      'york',
      'hull',
    ]);
  });

  it('puts lines of spots that are too long first, and says by how much', async () => {
    const { list, render } = await openCampaign(openDay.replace('slot: 30', 'slot: 2'), cities);
    await render();
    const { items } = await list();
    expect(items[0]?.risks[0]).toMatchObject({ risk: 'over_slot', facts: { slotSeconds: 2 } });
    expect(items[0]?.risks[0]?.words).toMatch(/more than its 2 s/);
  });

  it('names the first use of a voice and of a lexicon word, the extremes of a line and what stands out', async () => {
    const rows = ['a,one', 'b,two', 'c,one', 'd,a very long list of things that nobody ever asked us to read aloud'];
    const { studio, script, list, render } = await openCampaign(openDay, `variant,city\n${rows.join('\n')}`);
    await studio.client.call('lexicon.set', {
      projectId: script.projectId,
      entries: [{ word: 'Monday', say: 'Munday', language: null, caseSensitive: false }],
    });
    await render();
    const { items } = await list();
    const risksOf = (words: string) => items.find(({ text }) => text.includes(words))?.risks.map(({ risk }) => risk);
    expect(risksOf('a very long list')).toContain('longest');
    expect(risksOf('Munday')?.slice(0, 2)).toEqual(['new_voice', 'new_word']);
    expect(items.flatMap(({ risks }) => risks).filter(({ risk }) => risk === 'new_voice')).toHaveLength(2);
    expect(items[0]?.text).toContain('a very long list');
  });

  it('follows what happens to the script, its variants and its takes', async () => {
    const { studio, script, list, render } = await openCampaign(openDay, cities);
    await render();
    expect((await list()).counts.missing).toBe(0);
    await studio.client.call('script.save', {
      projectId: script.projectId,
      path: script.path,
      source: { kind: 'text', text: `${openDay}GUEST: Bring a friend.\n` },
    });
    expect((await list()).counts).toMatchObject({ open: 4, missing: 1 });
    await render();
    expect((await list()).counts).toMatchObject({ open: 5, missing: 0 });
    await studio.client.call('variant.import', {
      scriptId: script.id,
      source: { kind: 'text', text: 'variant,city\nleeds,Leeds\n' },
    });
    expect((await list()).total).toBe(3);
  });

  it('shows the newest take of a line until another is selected', async () => {
    const { studio, item, render } = await openCampaign(openDay, cities);
    await render();
    const first = await item('Leeds');
    await render({ only: ['leeds'], retake: true, lineIds: first.lineId === null ? [] : [first.lineId] });
    const second = await item('Leeds');
    expect(second).toMatchObject({ takes: 2, takeNo: 2 });
    await studio.client.call('take.select', { takeId: first.takeId });
    expect(await item('Leeds')).toMatchObject({ takeId: first.takeId, takeNo: 1 });
  });

  it('lists one order by itself, even when the script says something else now', async () => {
    const { studio, script, list, render } = await openCampaign(openDay, cities);
    const order = await render({ only: ['york'] });
    await studio.client.call('script.save', {
      projectId: script.projectId,
      path: script.path,
      source: { kind: 'text', text: openDay.replace('Welcome to', 'Good morning') },
    });
    const { items, counts } = await list({ renderId: order.id, order: 'script' });
    expect(counts).toMatchObject({ open: 2, missing: 0 });
    expect(items.map(({ text }) => text)).toEqual([
      'Welcome to the open day of York, all of you.',
      'See you on Monday.',
    ]);
  });

  it('says what is wrong with a script that cannot be expanded, and where to mend it', async () => {
    const { list, script } = await openCampaign(openDay.replace('scratch/rms', 'scratch/nobody'), cities);
    await expect(list()).rejects.toMatchObject({
      code: 'script_has_errors',
      action: { type: 'open-script', scriptId: script.id },
    });
  });

  it('lets others work while it reads thousands of sounds', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `v${index},City ${index}`);
    const { studio, list } = await openCampaign(openDay, `variant,city\n${rows.join('\n')}`);
    const answered: string[] = [];
    const long = list({ limit: 10 }).then(({ counts }) => {
      answered.push('the list');
      return counts;
    });
    await studio.client.call('person.list', {}).then(() => answered.push('another'));
    expect((await long).missing).toBe(3_001);
    expect(answered).toEqual(['another', 'the list']);
    expect((await list({ offset: 3_000, limit: 10, order: 'script' })).items).toHaveLength(1);
  });
});

describe('verdicts', () => {
  it('are set for many at once, tell what was before, and are taken back by it', async () => {
    const { studio, list, render } = await openCampaign(openDay, cities);
    await render();
    const ids = (await list()).items.flatMap(({ takeId }) => takeId ?? []);
    const told = studio.event('review.changed', ({ takeIds }) => takeIds.length === 4);
    const { before } = await studio.client.call('review.setVerdict', {
      verdicts: ids.map((takeId) => ({ takeId, verdict: 'approved' })),
    });
    await told;
    expect((await list({ verdict: 'approved' })).total).toBe(4);
    expect((await list()).items[0]).toMatchObject({ verdict: 'approved', verdictPerson: 'tester' });
    await studio.client.call('review.setVerdict', { verdicts: before });
    expect((await list()).counts).toMatchObject({ open: 4, approved: 0 });
  });

  it('belong to a take: the next one is open again', async () => {
    const { studio, item, render } = await openCampaign(openDay, cities);
    await render();
    const { takeId } = await item('Leeds');
    await studio.client.call('review.setVerdict', { verdicts: [{ takeId, verdict: 'rejected' }] });
    await render({ only: ['leeds'], retake: true });
    const { recipeHash, ...newest } = await item('Leeds');
    expect(newest).toMatchObject({ verdict: 'open', takes: 2 });
    const takes = await studio.client.call('review.takes', { recipeHash });
    expect(takes.map(({ take, verdict, verdictPerson }) => [take.takeNo, verdict, verdictPerson])).toEqual([
      [1, 'rejected', 'tester'],
      [2, 'open', null],
    ]);
  });

  it('are all refused when one take is unknown', async () => {
    const { studio, item, list, render } = await openCampaign(openDay, cities);
    await render();
    const { takeId } = await item('Leeds');
    await expect(
      studio.client.call('review.setVerdict', {
        verdicts: [
          { takeId, verdict: 'approved' },
          { takeId: 'nothing' as never, verdict: 'approved' },
        ],
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect((await list()).counts.approved).toBe(0);
  });
});

describe('people', () => {
  it('are assigned lines and filtered by what they have not heard', async () => {
    const { studio, item, list, render } = await openCampaign(openDay, cities);
    await render();
    await studio.client.call('person.add', { name: '  Mara ' });
    const { takeId, recipeHash } = await item('Leeds');
    const assign = (person: string | null) =>
      studio.client.call('review.assign', { assignments: [{ recipeHash, person }] });
    expect((await assign('Mara')).before).toEqual([{ recipeHash, person: null }]);
    expect((await list({ assignee: 'Mara' })).items.map((one) => one.recipeHash)).toEqual([recipeHash]);
    await studio.client.call('review.markHeard', { takeId });
    await studio.client.call('review.markHeard', { takeId });
    expect(await item('Leeds')).toMatchObject({ heardBy: ['tester'], assignee: 'Mara' });
    expect((await list({ unheardBy: 'tester' })).total).toBe(3);
    expect(await studio.client.call('person.list', {})).toEqual([
      { name: 'tester', isMe: true, heard: 1, assigned: 0 },
      { name: 'Mara', isMe: false, heard: 0, assigned: 1 },
    ]);
    await studio.client.call('person.remove', { name: 'Mara' });
    expect(await studio.client.call('person.list', {})).toHaveLength(1);
    expect((await assign(null)).before).toEqual([{ recipeHash, person: 'Mara' }]);
    await expect(studio.client.call('person.remove', { name: 'Mara' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('cannot be given a line that was never rendered', async () => {
    const { studio } = await openCampaign(openDay, cities);
    await expect(
      studio.client.call('review.assign', {
        assignments: [{ recipeHash: 'a'.repeat(64) as RecipeHash, person: 'Mara' }],
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('comments', () => {
  it('lie at a place of the take, are resolved, removed and brought back', async () => {
    const { studio, item, render } = await openCampaign(openDay, cities);
    await render();
    const { takeId, recipeHash } = await item('Leeds');
    const late = await studio.client.call('review.comment', { takeId, atMs: 900, text: ' too fast ' });
    const whole = await studio.client.call('review.comment', { takeId, atMs: null, text: 'nice' });
    expect(late).toMatchObject({ text: 'too fast', person: 'tester', resolvedAt: null, fromClient: false });
    const shown = () => studio.client.call('review.comments', { recipeHash });
    expect((await shown()).map(({ id }) => id)).toEqual([whole.id, late.id]);
    const resolved = await studio.client.call('review.resolveComment', { id: late.id, resolved: true });
    expect(resolved.resolvedAt).toBeTypeOf('number');
    expect(await item('Leeds')).toMatchObject({ comments: 2, openComments: 1 });
    await studio.client.call('review.removeComment', { id: whole.id });
    expect(await studio.client.call('review.comments', { takeId })).toHaveLength(1);
    await studio.client.call('review.removeComment', { id: whole.id, removed: false });
    expect(await shown()).toHaveLength(2);
    await expect(studio.client.call('review.removeComment', { id: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
