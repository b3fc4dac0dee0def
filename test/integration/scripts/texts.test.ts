/** Names, revisions, searching and replacing, over a real library. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProjectId, Script } from '#contract/entities.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';

let studio: Studio;
let count = 0;
beforeAll(async () => {
  studio = await openStudio({ start: false });
});
afterAll(() => studio.remove());

const newProject = async (): Promise<ProjectId> => {
  count += 1;
  return (await studio.client.call('project.ensure', { name: `Project ${count}` })).id;
};
const save = (projectId: ProjectId, path: string, text: string): Promise<Script> =>
  studio.client.call('script.save', { projectId, path, source: { kind: 'text', text } });

describe('a removed script', () => {
  it('comes back as it was, with its variants and line ids', async () => {
    const projectId = await newProject();
    const script = await save(projectId, 'a.txt', 'HOST: {{city}}.');
    await studio.client.call('variant.import', { scriptId: script.id, source: { kind: 'text', text: 'city\nBonn\n' } });
    await studio.client.call('script.remove', { scriptId: script.id });
    expect(await studio.client.call('script.list', { projectId })).toEqual([]);
    const back = await studio.client.call('script.restore', { scriptId: script.id });
    expect(back.lines).toEqual(script.lines);
    expect((await studio.client.call('script.list', { projectId }))[0]).toMatchObject({
      id: script.id,
      variantCount: 1,
    });
  });

  it('is refused its old place when another script has taken it', async () => {
    const projectId = await newProject();
    const script = await save(projectId, 'a.txt', 'HOST: One.');
    await studio.client.call('script.remove', { scriptId: script.id });
    await save(projectId, 'a.txt', 'HOST: Two.');
    await expect(studio.client.call('script.restore', { scriptId: script.id })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('renaming', () => {
  it('gives a script another title in its own text, and nothing else changes there', async () => {
    const projectId = await newProject();
    const script = await save(projectId, 'a.txt', '---\n# mine\ntitle: "Old"   # keep\nslot: 30\n---\nHOST: One.\n');
    const renamed = await studio.client.call('script.rename', {
      scriptId: script.id,
      title: 'Sale: spring',
      path: 'b.txt',
    });
    expect(renamed).toMatchObject({ title: 'Sale: spring', path: 'b.txt', revision: 2 });
    expect(renamed.source).toBe('---\n# mine\ntitle: "Sale: spring"   # keep\nslot: 30\n---\nHOST: One.\n');
    expect(renamed.lines[0]?.id).toBe(script.lines[0]?.id);
  });

  it.each([
    ['HOST: One.\n', '---\ntitle: New\n---\nHOST: One.\n'],
    ['---\nslot: 30\n---\nHOST: One.\n', '---\ntitle: New\nslot: 30\n---\nHOST: One.\n'],
    ['---\ntitle:\nslot: 30\n---\n', '---\ntitle: New\nslot: 30\n---\n'],
    ['---\r\ntitle: |\r\n  Old\r\nslot: 30\r\n---\r\n', '---\r\ntitle: New\r\nslot: 30\r\n---\r\n'],
    ['---\n{title: Old, slot: 30}\n---\n', '---\n{title: "New", slot: 30}\n---\n'],
  ])('writes a title where %j has none or another kind', async (before, after) => {
    const projectId = await newProject();
    const script = await save(projectId, 'a.txt', before);
    expect((await studio.client.call('script.rename', { scriptId: script.id, title: 'New' })).source).toBe(after);
  });

  it('never takes the path of another script, nor a project the name of another', async () => {
    const projectId = await newProject();
    const one = await save(projectId, 'a.txt', 'HOST: One.');
    await save(projectId, 'b.txt', 'HOST: Two.');
    await expect(studio.client.call('script.rename', { scriptId: one.id, path: 'b.txt' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const other = await studio.client.call('project.ensure', { name: 'Taken' });
    await expect(studio.client.call('project.rename', { projectId, name: 'Taken' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await studio.client.call('project.rename', { projectId, name: 'Fresh' })).name).toBe('Fresh');
    expect((await studio.client.call('project.rename', { projectId: other.id, name: 'Taken' })).name).toBe('Taken');
  });
});

describe('revisions', () => {
  it('keep every text with who wrote it, and an earlier one can become the newest', async () => {
    const projectId = await newProject();
    const script = await save(projectId, 'a.txt', 'HOST: One.');
    await save(projectId, 'a.txt', 'HOST: One, two.');
    await save(projectId, 'a.txt', 'HOST: One, two.');
    const list = await studio.client.call('script.revisions', { scriptId: script.id });
    expect(list).toEqual([
      { revision: 2, at: expect.any(Number), person: 'tester', characters: 15 },
      { revision: 1, at: expect.any(Number), person: 'tester', characters: 10 },
    ]);
    expect(await studio.client.call('script.revision', { scriptId: script.id, revision: 1 })).toEqual({
      revision: 1,
      source: 'HOST: One.',
    });
    const reverted = await studio.client.call('script.revert', { scriptId: script.id, revision: 1 });
    expect(reverted).toMatchObject({ revision: 3, source: 'HOST: One.' });
    expect(reverted.lines[0]?.id).toBe(script.lines[0]?.id);
    await expect(studio.client.call('script.revision', { scriptId: script.id, revision: 9 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('searching a project', () => {
  it('finds whole words of any script, in rows and columns, over all its scripts', async () => {
    const projectId = await newProject();
    const one = await save(projectId, 'a.txt', '---\ntitle: A\n---\r\nHOST: Grüße, große Grüße.\r\nHOST: grüße!\r\n');
    const two = await save(projectId, 'b.txt', 'HOST: Grüßen. Grüße');
    const found = await studio.client.call('script.find', { projectId, text: 'grüße', wholeWord: true });
    expect(found).toEqual({
      total: 4,
      scripts: [
        {
          scriptId: one.id,
          title: 'A',
          matches: [
            { line: 4, column: 7, endColumn: 12, text: 'HOST: Grüße, große Grüße.' },
            { line: 4, column: 20, endColumn: 25, text: 'HOST: Grüße, große Grüße.' },
            { line: 5, column: 7, endColumn: 12, text: 'HOST: grüße!' },
          ],
        },
        {
          scriptId: two.id,
          title: 'b',
          matches: [{ line: 1, column: 15, endColumn: 20, text: 'HOST: Grüßen. Grüße' }],
        },
      ],
    });
    const exact = await studio.client.call('script.find', { projectId, text: 'grüße', matchCase: true, limit: 1 });
    expect(exact).toMatchObject({ total: 1, scripts: [{ matches: [{ line: 5 }] }] });
  });

  it('takes signs as they are typed, unless an expression is asked for', async () => {
    const projectId = await newProject();
    await save(projectId, 'a.txt', 'HOST: 5-7 $ (a|b) [x] {{y}} a.b');
    for (const text of ['5-7 $', '(a|b)', '[x]', '{{y}}', 'a.b', '-'])
      expect((await studio.client.call('script.find', { projectId, text })).total, text).toBe(1);
    expect((await studio.client.call('script.find', { projectId, text: '^host: \\d', regex: true })).total).toBe(1);
    await expect(studio.client.call('script.find', { projectId, text: '(', regex: true })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('ends an expression that would never end', async () => {
    const fast = await openStudio({
      start: false,
      over: ({ clock }) => ({ clock: { ...clock, after: (_ms, run) => clock.after(300, run) } }),
    });
    const made = await fast.client.call('project.ensure', { name: 'P' });
    await fast.client.call('script.save', {
      projectId: made.id,
      path: 'a',
      source: { kind: 'text', text: `HOST: ${'a'.repeat(60)}!` },
    });
    await expect(
      fast.client.call('script.find', { projectId: made.id, text: '(a+)+$', regex: true }),
    ).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('too long') });
    await fast.remove();
  });
});

describe('replacing over a project', () => {
  it('writes a revision of each script that had a match, and each can go back to the one before', async () => {
    const projectId = await newProject();
    const one = await save(projectId, 'a.txt', 'HOST: Spring is here. Spring!');
    const two = await save(projectId, 'b.txt', 'HOST: Nothing.');
    const three = await save(projectId, 'c.txt', 'HOST: spring');
    const done = await studio.client.call('script.replace', { projectId, text: 'spring', replacement: '$1 Summer' });
    expect(done).toEqual([
      { scriptId: one.id, title: 'a', matches: 2, before: 1, revision: 2 },
      { scriptId: three.id, title: 'c', matches: 1, before: 1, revision: 2 },
    ]);
    const { source } = await studio.client.call('script.get', { scriptId: one.id });
    expect(source).toBe('HOST: $1 Summer is here. $1 Summer!');
    expect((await studio.client.call('script.get', { scriptId: two.id })).revision).toBe(1);
    const back = await studio.client.call('script.revert', { scriptId: one.id, revision: 1 });
    expect(back.source).toBe('HOST: Spring is here. Spring!');
  });

  it('knows the groups of an expression, row by row', async () => {
    const projectId = await newProject();
    const script = await save(projectId, 'a.txt', 'HOST: 7 pm and 8 pm\nHOST: 9 pm');
    await studio.client.call('script.replace', {
      projectId,
      text: '(\\d+) pm$',
      regex: true,
      replacement: '$1 in the evening',
      scriptIds: [script.id],
    });
    expect((await studio.client.call('script.get', { scriptId: script.id })).source).toBe(
      'HOST: 7 pm and 8 in the evening\nHOST: 9 in the evening',
    );
  });
});
