/** What people do with the list: file entries under a project, and keep searches. */
import { afterEach, describe, expect, it } from 'vitest';
import { endAll, openHistory, order } from './setup.ts';
import { past } from './listing-vendor.ts';

afterEach(endAll);

const startedAt = Date.UTC(2026, 4, 1, 12);
const open = async () => {
  const scene = await openHistory({ pageSize: 1000 });
  scene.vendor.others.push(...past(4, startedAt));
  await scene.studio.client.call('history.sync', {});
  const project = await scene.studio.client.call('project.ensure', { name: 'Harbour lights' });
  return { ...scene, project, entries: await scene.search({ origin: 'vendor' }) };
};

describe('an entry that was made elsewhere', () => {
  it('is filed under a project, shows it, and is found by it', async () => {
    const { studio, search, project, entries } = await open();
    const [first, second] = entries;
    const told = studio.event('history.changed', () => true);
    const { before } = await studio.client.call('history.assign', {
      ids: [first?.id ?? '', second?.id ?? ''],
      projectId: project.id,
    });
    await told;
    expect(before).toEqual([
      { id: first?.id, projectId: null },
      { id: second?.id, projectId: null },
    ]);
    const filed = await search({ project: 'harbour' });
    expect(filed.map(({ id }) => id)).toEqual([first?.id, second?.id]);
    expect(filed[0]).toMatchObject({ projectId: project.id, project: 'Harbour lights', origin: 'vendor' });
    expect((await search({ text: 'harb lights' })).map(({ id }) => id)).toEqual([first?.id, second?.id]);
    expect(await search({ text: '"harbour lights" made' })).toHaveLength(2);
  });

  it('goes back to where it was by what was answered', async () => {
    const { studio, search, project, entries } = await open();
    const other = await studio.client.call('project.ensure', { name: 'Autumn' });
    const ids = entries.map(({ id }) => id);
    await studio.client.call('history.assign', { ids: ids.slice(0, 2), projectId: other.id });
    const { before } = await studio.client.call('history.assign', { ids, projectId: project.id });
    for (const { id, projectId } of before) await studio.client.call('history.assign', { ids: [id], projectId });
    expect((await search({ project: 'autumn' })).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(await search({ text: 'harbour' })).toEqual([]);
  });

  it('is not changed by a project that does not exist', async () => {
    const { studio, search, entries } = await open();
    const ids = entries.map(({ id }) => id);
    await expect(studio.client.call('history.assign', { ids, projectId: 'nothing' as never })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await search()).every(({ projectId }) => projectId === null)).toBe(true);
  });
});

it('what was rendered here keeps its project', async () => {
  const { studio, search, project, entries } = await open();
  await studio.settled((await order(studio, 'One', ['Hello there.'], { voice: 'main/Ava' })).id);
  const [own] = await search({ origin: 'cuebooth' });
  await expect(
    studio.client.call('history.assign', { ids: [own?.id ?? ''], projectId: project.id }),
  ).rejects.toMatchObject({ code: 'conflict' });
  const { before } = await studio.client.call('history.assign', {
    ids: [own?.id ?? '', entries[0]?.id ?? ''],
    projectId: project.id,
  });
  expect(before.map(({ id }) => id)).toEqual([entries[0]?.id]);
  expect(await search({ origin: 'cuebooth' })).toMatchObject([{ project: 'Test' }]);
  const takeId = own?.takeId as NonNullable<NonNullable<typeof own>['takeId']>;
  expect(await studio.client.call('history.ofTake', { takeId })).toMatchObject({ id: own?.id, project: 'Test' });
  expect(await studio.client.call('history.ofTake', { takeId: 'nothing' as never })).toBeNull();
});

it('takes that a person should listen to are found alone', async () => {
  const { studio, search } = await open();
  await studio.settled((await order(studio, 'One', ['Hello there.', 'And again.'], { voice: 'main/Ava' })).id);
  const [own] = await search({ origin: 'cuebooth' });
  studio.ports.database.exec(`UPDATE takes SET suspect = CASE id WHEN '${own?.takeId}' THEN 'Much too long.' END`);
  expect(await search({ suspect: true })).toMatchObject([{ id: own?.id, suspect: 'Much too long.' }]);
});

describe('a saved search', () => {
  it('is kept, renamed and removed, and everybody hears of it', async () => {
    const { studio } = await openHistory();
    const told = studio.event('savedSearch.changed', () => true);
    const saved = await studio.client.call('savedSearch.save', { name: ' Rachel in May ', query: { voice: 'Rachel' } });
    await told;
    expect(saved).toMatchObject({ name: 'Rachel in May', query: { voice: 'Rachel' } });
    await studio.client.call('savedSearch.save', { ...saved, name: 'Rachel' });
    await studio.client.call('savedSearch.save', { name: 'Dear ones', query: { minCredits: '500' } });
    expect(await studio.client.call('savedSearch.list', {})).toEqual([
      expect.objectContaining({ name: 'Dear ones' }),
      { ...saved, name: 'Rachel' },
    ]);
    await studio.client.call('savedSearch.remove', { id: saved.id });
    expect(await studio.client.call('savedSearch.list', {})).toMatchObject([{ name: 'Dear ones' }]);
  });

  it('has a name of its own', async () => {
    const { studio } = await openHistory();
    await studio.client.call('savedSearch.save', { name: 'Rachel', query: {} });
    await expect(studio.client.call('savedSearch.save', { name: 'rachel', query: {} })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await studio.client.call('savedSearch.list', {})).toHaveLength(1);
  });
});
