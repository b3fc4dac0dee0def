import Papa from 'papaparse';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import { heard, noonClock, openScene, startStudio } from '#test/integration/account/setup.ts';

const lines = ['The first of three lines.', 'A second line, a little longer.', 'And the third one.'];
const days = { from: '2026-03-01', to: '2026-03-31' };

describe('an empty library', () => {
  it('answers every question about usage', async () => {
    const { client } = await startStudio(noonClock());
    expect(await client.call('usage.query', { ...days, by: ['voice', 'day'] })).toEqual({ rows: [] });
    expect(await client.call('usage.query', { ...days, by: ['voice', 'project'] })).toEqual({ rows: [] });
    expect((await client.call('usage.export', { ...days, by: ['day'], format: 'csv' })).text).toMatch(
      /^day \(UTC\),workspace,/,
    );
    expect(await client.call('usage.sync', {})).toEqual([]);
  });

  it.each([
    { from: '2026-02-30', to: '2026-03-01', by: ['day'] },
    { from: '2026-03-02', to: '2026-03-01', by: ['day'] },
    { from: '1026-03-02', to: '2026-03-01', by: ['day'] },
    { from: '2026-03-01', to: '2026-03-01', by: ['day', 'day'] },
  ] as const)('says what is wrong with %j', async ({ by, ...range }) => {
    const { client } = await startStudio(noonClock(), { start: false });
    await expect(client.call('usage.query', { ...range, by: [...by] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

describe('usage', () => {
  it('of our ledger stands beside what the vendor counted, by the same voice and day', async () => {
    const { studio, workspace, vendor, render } = await openScene({ creditsUsed: 0 });
    await render(lines);
    const synced = await heard(studio, 'usage.changed', () => studio.client.call('usage.sync', { from: '2026-03-01' }));
    expect(synced).toContainEqual({ workspaceId: workspace.id });
    const voiceId = vendor.voices()[0]?.voiceId ?? '';
    const { rows } = await studio.client.call('usage.query', { ...days, by: ['voice', 'day'] });
    expect(rows.map(({ source, credits, ids, workspaceId }) => ({ source, credits, ids, workspaceId }))).toEqual(
      ['ledger', 'vendor'].map((source) => ({
        source,
        credits: vendor.usedCredits(),
        ids: [voiceId, '2026-03-15'],
        workspaceId: workspace.id,
      })),
    );
    expect(rows.find(({ source }) => source === 'ledger')).toMatchObject({
      takes: 3,
      characters: lines.join('').length,
    });
  });

  it.each([
    [['person'], ['tester']],
    [['machine'], ['test']],
    [
      ['project', 'person'],
      ['Test', 'tester'],
    ],
    [
      ['workspace', 'month'],
      ['eleven', '2026-03'],
    ],
    [['style'], ['(none)']],
    [
      ['person', 'voice', 'day'],
      ['tester', expect.any(String), '2026-03-15'],
    ],
  ] as const)('is told by %j', async (by, keys) => {
    const { studio, vendor, render } = await openScene({ creditsUsed: 0 });
    await render(lines);
    const { rows } = await studio.client.call('usage.query', { ...days, by: [...by], source: 'ledger' });
    expect(rows).toMatchObject([
      { labels: keys, credits: vendor.usedCredits(), takes: 3, source: 'ledger', provider: 'elevenlabs' },
    ]);
    const project = await studio.client.call('project.ensure', { name: 'Test' });
    const own = await studio.client.call('usage.query', {
      ...days,
      by: [...by],
      source: 'ledger',
      projectId: project.id,
      person: 'tester',
    });
    expect(own.rows).toEqual(rows);
    const others = await studio.client.call('usage.query', { ...days, by: [...by], person: 'somebody else' });
    expect(others.rows).toEqual([]);
  });

  it('counts the parts of a long line and not the line joined from them', async () => {
    const clock = noonClock();
    const server = await startSupertoneServer({ serviceTimeMs: 5 }, clock);
    onTestFinished(() => server.close());
    const studio = await startStudio(clock);
    await studio.client.call('workspace.add', {
      provider: 'supertone',
      name: 'super',
      baseUrl: server.baseUrl,
      key: server.apiKey,
      settings: { plan: 'pro' },
    });
    const long = Array.from(
      { length: 12 },
      (_, index) => `Sentence ${index} of a line that no single call takes.`,
    ).join(' ');
    const script = await studio.script([long], `super/${server.voices()[0]?.voice_id ?? ''}`);
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    await studio.client.call('usage.sync', { from: '2026-03-15' });
    const calls = server.ledger();
    expect(calls.length).toBeGreaterThan(1);
    const { rows } = await studio.client.call('usage.query', { ...days, by: ['workspace'] });
    const [ledger, vendor] = ['ledger', 'vendor'].map((source) => rows.find((row) => row.source === source));
    const seconds = calls.reduce((sum, { chargedCredits }) => sum + chargedCredits, 0);
    expect(ledger).toMatchObject({ takes: calls.length, minutes: null });
    expect(ledger?.credits).toBeCloseTo(seconds, 6);
    expect(vendor?.seconds).toBeCloseTo(seconds, 4);
    expect((vendor?.minutes ?? 0) * 60).toBeCloseTo(seconds, 4);
  });

  it('is exported as a spreadsheet reads it, and as JSON', async () => {
    const { studio, vendor, render } = await openScene({ creditsUsed: 0 });
    await render(lines);
    const csv = await studio.client.call('usage.export', { ...days, by: ['day'], format: 'csv', source: 'ledger' });
    expect(csv.fileName).toBe('usage-2026-03-01-to-2026-03-31-by-day.csv');
    const { data } = Papa.parse<Record<string, string>>(csv.text, { header: true, skipEmptyLines: true });
    expect(data).toMatchObject([
      {
        'day (UTC)': '2026-03-15',
        workspace: 'eleven',
        "credits (the vendor's unit)": String(vendor.usedCredits()),
        takes: '3',
      },
    ]);
    const json = await studio.client.call('usage.export', { ...days, by: ['day'], format: 'json', source: 'ledger' });
    expect(JSON.parse(json.text)).toMatchObject({ rows: [{ labels: ['2026-03-15'], takes: 3 }] });
  });
});

describe("the sync of the vendors' usage", () => {
  it('fetches gaps and days that may still change, and nothing else', async () => {
    const { studio, vendor, workspace } = await openScene({ creditsUsed: 0 });
    const voiceId = vendor.voices()[0]?.voiceId ?? '';
    vendor.addHistory([{ at: Date.UTC(2026, 2, 5, 10), text: 'Old.', voiceId, credits: 11 }]);
    const sync = async (from: string, to: string) => {
      const before = vendor.counts()['usage'] ?? 0;
      const [done] = await studio.client.call('usage.sync', { workspaceId: workspace.id, from, to });
      return {
        days: done?.days,
        rows: done?.rows,
        message: done?.message,
        asked: (vendor.counts()['usage'] ?? 0) - before,
      };
    };
    expect(await sync('2026-03-01', '2026-03-08')).toEqual({ days: 8, rows: 1, message: null, asked: 1 });
    expect(await sync('2026-03-01', '2026-03-08')).toEqual({ days: 0, rows: 0, message: null, asked: 0 });
    expect(await sync('2026-02-27', '2026-03-10')).toMatchObject({ days: 4, asked: 2 });
    expect(await sync('2026-03-01', '2026-03-31')).toMatchObject({ days: 5, asked: 1 });
    vendor.addHistory([{ at: Date.UTC(2026, 2, 14, 10), text: 'Late.', voiceId, credits: 7 }]);
    expect(await sync('2026-03-01', '2026-03-31')).toMatchObject({ days: 3, rows: 1 });
    const { rows } = await studio.client.call('usage.query', { ...days, by: ['day'], source: 'vendor' });
    expect(rows.map(({ labels, credits }) => [...labels, credits])).toEqual([
      ['2026-03-05', 11],
      ['2026-03-14', 7],
    ]);
  });

  it('keeps what it has when the vendor does not answer, and says why it stopped', async () => {
    const { studio, vendor, workspace } = await openScene({ creditsUsed: 0 });
    await vendor.close();
    const [done] = await studio.client.call('usage.sync', { workspaceId: workspace.id });
    expect(done).toMatchObject({ days: 0, rows: 0, message: expect.any(String) as string });
  });

  it('says of a vendor without usage that it has none', async () => {
    const studio = await startStudio(noonClock());
    const [scratch] = await studio.client.call('workspace.list', {});
    const [done] = await studio.client.call('usage.sync', { workspaceId: scratch?.id ?? ('' as never) });
    expect(done?.message).toContain('tells no usage');
  });
});
