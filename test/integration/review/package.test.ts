import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MethodInput } from '#contract/methods/index.ts';
import { type Campaign, cities, openCampaign, openDay } from './setup.ts';

const pack = async ({ studio, script }: Campaign, part: Partial<MethodInput<'review.package'>> = {}) => {
  const made = await studio.client.call('review.package', { scriptId: script.id, ...part });
  const bytes = readFileSync(join(studio.folder, 'exports', made.exportId));
  const files = await studio.ports.archive.unpack(bytes, () => true);
  const page = new TextDecoder().decode(files.get('index.html'));
  const embedded = /<script type="application\/json" id="package">(.*?)<\/script>/s.exec(page)?.[1] ?? '{}';
  return { made, files, page, content: JSON.parse(embedded) as { packageId: string; takes: { id: string }[] } };
};
const answersFile = (part: object) => ({
  source: {
    kind: 'text' as const,
    text: JSON.stringify({
      cuebooth: 'review-answers',
      version: 1,
      packageId: 'p1',
      person: 'Ana',
      answers: [],
      ...part,
    }),
  },
});

describe('a review package', () => {
  it('holds a page that needs nothing else, and each take once under a plain name', async () => {
    const campaign = await openCampaign(openDay, cities);
    await campaign.render();
    const { made, files, page } = await pack(campaign, {
      title: 'Öffentlicher Tag </script><b>',
      note: 'Please listen',
    });
    expect(made).toMatchObject({ takes: 4, variants: 3, fileName: 'offentlicher-tag-script-b-review.zip' });
    expect([...files.keys()]).toEqual([
      'index.html',
      'audio/0001-leeds-line-1-host.wav',
      'audio/0002-leeds-line-2-guest.wav',
      'audio/0003-york-line-1-host.wav',
      'audio/0004-hull-line-1-host.wav',
    ]);
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('\\u003c/script>\\u003cb>');
    expect(page.match(/<\/script>/g)).toHaveLength(3);
  });

  it('takes some variants only, leaves out what is approved, and says so when nothing is left', async () => {
    const campaign = await openCampaign(openDay, cities);
    await expect(pack(campaign)).rejects.toMatchObject({ code: 'invalid_input' });
    await campaign.render();
    expect((await pack(campaign, { variants: ['york'] })).made).toMatchObject({ takes: 2, variants: 1 });
    await expect(pack(campaign, { variants: ['paris'] })).rejects.toThrow('No variant is called "paris"');
    const ids = (await campaign.list()).items.flatMap(({ takeId }) => takeId ?? []);
    const approve = (takeIds: typeof ids) =>
      campaign.studio.client.call('review.setVerdict', {
        verdicts: takeIds.map((takeId) => ({ takeId, verdict: 'approved' })),
      });
    await approve(ids.slice(1));
    expect((await pack(campaign, { openOnly: true })).made.takes).toBe(1);
    await approve(ids);
    await expect(pack(campaign, { openOnly: true })).rejects.toThrow('approved already');
  });
});

describe('answers that come back', () => {
  it('are kept beside the verdicts of the house; a rejection opens what was approved, and is heard again', async () => {
    const { studio, item, list, render } = await openCampaign(openDay, cities);
    await render();
    const [leeds, york] = [await item('Leeds'), await item('York')];
    await studio.client.call('review.setVerdict', {
      verdicts: [leeds, york].map(({ takeId }) => ({ takeId, verdict: 'approved' })),
    });
    const file = answersFile({
      answers: [
        {
          take: leeds.takeId,
          verdict: 'rejected',
          at: 5,
          comments: [{ id: 'c1', atMs: 400, text: 'too loud', at: 5 }],
        },
        { take: york.takeId, verdict: 'approved', at: 6, comments: [] },
        { take: 'elsewhere', verdict: 'approved', at: 6, comments: [] },
      ],
    });
    expect(await studio.client.call('review.readBack', file)).toEqual({
      person: 'Ana',
      approved: 1,
      rejected: 1,
      comments: 1,
      unknown: 1,
      repeated: 0,
    });
    expect(await item('Leeds')).toMatchObject({
      verdict: 'open',
      answers: [{ person: 'Ana', verdict: 'rejected' }],
      openComments: 1,
    });
    expect((await item('Leeds')).risks.map(({ risk }) => risk)).toContain('client_rejected');
    expect(await item('York')).toMatchObject({ verdict: 'approved', answers: [{ verdict: 'approved' }] });
    const [comment] = await studio.client.call('review.comments', { takeId: leeds.takeId });
    expect(comment).toMatchObject({ text: 'too loud', atMs: 400, person: 'Ana', fromClient: true });

    await studio.client.call('review.setVerdict', { verdicts: [{ takeId: leeds.takeId, verdict: 'approved' }] });
    await studio.client.call('review.removeComment', { id: comment?.id ?? '' });
    expect(await studio.client.call('review.readBack', file)).toMatchObject({ approved: 0, rejected: 0, repeated: 2 });
    expect((await list({ verdict: 'approved' })).total).toBe(2);
    expect(await studio.client.call('review.comments', { takeId: leeds.takeId })).toEqual([]);
  });

  it.each([
    ['no JSON', 'PK\u0003\u0004'],
    ['another file', '{"version":1}'],
    ['a newer file', '{"cuebooth":"review-answers","version":2}'],
    [
      'no name',
      JSON.stringify({ cuebooth: 'review-answers', version: 1, packageId: 'p', person: ' \u202e', answers: [] }),
    ],
    [
      'a name without end',
      JSON.stringify({ cuebooth: 'review-answers', version: 1, packageId: 'p', person: 'a'.repeat(500), answers: [] }),
    ],
  ])('are refused as a whole when the file is %s', async (_, text) => {
    const { studio } = await openCampaign(openDay);
    await expect(studio.client.call('review.readBack', { source: { kind: 'text', text } })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('Nothing was changed'),
    });
  });
});
