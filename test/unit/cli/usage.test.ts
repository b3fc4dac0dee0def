import { describe, expect, it } from 'vitest';
import type { Reconciliation, UsageRow } from '#contract/account.ts';
import { AppError } from '#contract/errors.ts';
import { createFakeStudio, createFakeTerminal, paid, runFake, scratch, type FakeHandlers } from './fake-studio.ts';

const now = Date.UTC(2026, 2, 15, 12);

const run = async (handlers: FakeHandlers, args: readonly string[]) => {
  const studio = createFakeStudio({ 'workspace.list': () => [scratch, paid], ...handlers });
  const terminal = createFakeTerminal({ now });
  const exitCode = await runFake(studio, terminal, args);
  return {
    exitCode,
    studio,
    ...terminal.said,
    input: (method: string) => studio.calls.find((call) => call.method === method)?.input,
  };
};

describe('usage', () => {
  const row: UsageRow = {
    labels: ['Aria', '2026-03-14'],
    ids: ['v1', '2026-03-14'],
    workspaceId: paid.id,
    provider: 'elevenlabs',
    source: 'ledger',
    credits: 120.5,
    characters: 240,
    seconds: null,
    minutes: null,
    takes: 3,
  };

  it('is that of the last 30 days by day where nothing is said', async () => {
    const { input } = await run({ 'usage.query': () => ({ rows: [] }) }, ['usage']);
    expect(input('usage.query')).toEqual({ from: '2026-02-14', to: '2026-03-15', by: ['day'], source: 'both' });
  });

  it('is asked for by the dimensions in the order typed', async () => {
    const { input } = await run({ 'usage.query': () => ({ rows: [] }) }, [
      'usage',
      '--by',
      'voice,day',
      '--from',
      '2026-03-01',
      '--to',
      '2026-03-31',
      '--workspace',
      'agency',
      '--source',
      'ledger',
    ]);
    expect(input('usage.query')).toEqual({
      from: '2026-03-01',
      to: '2026-03-31',
      by: ['voice', 'day'],
      workspaceId: 'w2',
      source: 'ledger',
    });
  });

  it('shows the measures that there are and one total for each workspace and way of counting', async () => {
    const vendor = {
      ...row,
      source: 'vendor' as const,
      credits: null,
      characters: null,
      minutes: 2.12345678,
      takes: null,
    };
    const { out, err } = await run({ 'usage.query': () => ({ rows: [row, vendor, row] }) }, [
      'usage',
      '--by',
      'voice,day',
    ]);
    const [title = '', first = '', second = ''] = out.split('\n');
    expect(title.split(/ {2,}/)).toEqual(['VOICE', 'DAY', 'COUNTED BY', 'CREDITS', 'CHARACTERS', 'MINUTES', 'TAKES']);
    expect(first).toContain('120.5');
    expect(second).toContain('2.12345678');
    expect(err).toContain('agency, by our ledger: 241 credits.');
    expect(err).not.toContain('by the vendor:');
  });

  it('names the workspace of each row when several were used', async () => {
    const other = { ...row, labels: ['2026-03-14'], workspaceId: scratch.id };
    const { out } = await run({ 'usage.query': () => ({ rows: [{ ...row, labels: ['2026-03-14'] }, other] }) }, [
      'usage',
    ]);
    const [title = '', first = '', second = ''] = out.split('\n');
    expect(title).toMatch(/^DAY +WORKSPACE +CREDITS/);
    expect(first).toContain('agency');
    expect(second).toContain('scratch');
    const asked = await run({ 'usage.query': () => ({ rows: [{ ...row, labels: ['agency'] }, other] }) }, [
      'usage',
      '--by',
      'workspace',
    ]);
    expect(asked.out.match(/WORKSPACE/g)).toHaveLength(1);
  });

  it('fetches what is missing first when asked, and says how far it came', async () => {
    const synced = [
      { workspaceId: paid.id, workspaceName: 'agency', days: 2, rows: 9, message: null },
      { workspaceId: 'w3', workspaceName: 'other', days: 0, rows: 0, message: 'The key may not read usage.' },
    ];
    const result = await run({ 'usage.sync': () => synced, 'usage.query': () => ({ rows: [row] }) }, [
      'usage',
      '--sync',
      '--json',
    ]);
    expect(result.studio.opened).toEqual(['edit']);
    expect(result.err).toBe('agency: 2 days read, 9 rows.\nother: The key may not read usage.\n');
    expect(JSON.parse(result.out)).toEqual([row]);
  });
});

describe('the reconciliation', () => {
  const report: Reconciliation = {
    workspaceId: paid.id,
    workspaceName: 'agency',
    from: Date.UTC(2026, 2, 1),
    to: Date.UTC(2026, 3, 1),
    vendorCredits: 61_500,
    ourCredits: 60_500,
    difference: 1000,
    explained: 940,
    unexplained: 60,
    sources: ['the subscription of 3 minutes ago', 'the history, complete'],
    lines: [
      {
        kind: 'vendor_only',
        at: now,
        text: 'Hello there',
        voice: 'Aria',
        vendorItemId: 'h1',
        generationId: null,
        takeId: null,
        vendorCredits: 940,
        ourCredits: null,
        note: 'made in the web app or by a colleague',
      },
    ],
    moreLines: 3,
  };

  it('shows both figures, their difference, and what explains it', async () => {
    const { out, err } = await run({ 'account.reconcile': () => report }, ['reconcile', 'agency']);
    for (const line of [
      /^agency 2026-03-01 to 2026-03-31/,
      /vendor says +61,500 credits/,
      /our ledger +60,500 credits/,
      /difference +\+1,000 \(vendor less ours\)/,
      /explained +\+940 by 4 lines/,
      /unexplained +\+60/,
      /vendor only +940 .*made in the web app or by a colleague/,
    ])
      expect(out).toMatch(line);
    expect(err).toContain('and 3 more');
  });

  it('takes whole days in UTC', async () => {
    const { input } = await run({ 'account.reconcile': () => report }, [
      'reconcile',
      'agency',
      '--from',
      '2026-03-01',
      '--to',
      '2026-03-31',
    ]);
    expect(input('account.reconcile')).toEqual({ workspaceId: 'w2', from: report.from, to: report.to, limit: 500 });
  });

  it('prints one object', async () => {
    const { out } = await run({ 'account.reconcile': () => report }, ['reconcile', 'agency', '--json']);
    expect(JSON.parse(out)).toEqual(report);
  });

  it('of a vendor that may not be asked ends with the code of the account', async () => {
    const { exitCode } = await run(
      {
        'account.reconcile': () => {
          throw new AppError('missing_permission', 'The key lacks user_read.');
        },
      },
      ['reconcile', 'agency'],
    );
    expect(exitCode).toBe(6);
  });
});
