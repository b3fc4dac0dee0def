import { describe, expect, it } from 'vitest';
import type { CheckResult } from '#engine/providers/provider.ts';
import { setUp } from './setup.ts';

const named = (result: CheckResult, name: string) => result.checks.find((check) => check.name === name);

describe('the connection test', () => {
  it('accepts a good key, names the plan limit and starts no work', async () => {
    const { chosen, context, server, workspace } = await setUp();
    const result = await chosen.test({
      ...context,
      workspace: { ...workspace, settings: { plan: 'pro', voices: 'Nova, Brass' } },
    });
    expect(result.ok).toBe(true);
    expect(named(result, 'Key')).toMatchObject({ ok: true });
    expect(named(result, 'Plan')?.message).toContain('10,000');
    expect(named(result, 'Voices')?.message).toContain('2 voice names');
    expect(server.ledger()).toEqual([]);
    expect(server.counts()['posts']).toBeUndefined();
  });

  it('reports a refused and a missing key', async () => {
    const { chosen, context } = await setUp();
    for (const key of ['wrong', null]) {
      const result = await chosen.test({ ...context, key });
      expect(result.ok).toBe(false);
      expect(named(result, 'Key')).toMatchObject({ ok: false });
    }
  });

  it('reports a vendor that cannot be reached', async () => {
    const { chosen, context, server } = await setUp();
    await server.close();
    expect(named(await chosen.test(context), 'Key')).toMatchObject({
      ok: false,
      message: expect.stringContaining('could not be reached'),
    });
  });

  it('leaves open what an unknown plan allows', async () => {
    const { chosen, context } = await setUp();
    const result = await chosen.test(context);
    expect(result.ok).toBe(true);
    expect(named(result, 'Plan')).toMatchObject({ ok: null });
  });

  it('tells what stands in place of balance and history, and reads both where the workspace names them', async () => {
    const { chosen, context, workspace } = await setUp({ hasAccount: true, hasList: true, balance: 5000 });
    const without = await chosen.test(context);
    expect([named(without, 'Balance'), named(without, 'History')]).toMatchObject([
      { ok: null, message: expect.stringContaining('seen debited') },
      { ok: null, message: expect.stringContaining('rendered here') },
    ]);
    const check = (accountPath: string) =>
      chosen.test({ ...context, workspace: { ...workspace, settings: { accountPath, listPath: '/api/generations' } } });
    const good = await check('/api/account');
    expect(good.ok).toBe(true);
    expect(named(good, 'Balance')?.message).toBe('The account tells 5,000 credits left on the pro plan.');
    const bad = await check('/nowhere');
    expect(bad.ok).toBe(false);
    expect(named(bad, 'Balance')).toMatchObject({ ok: false, message: expect.stringContaining('setting accountPath') });
    expect(named(bad, 'History')).toMatchObject({ ok: true });
  });

  it('reports a plan without API, a misspelled setting and a setting that cannot be used', async () => {
    const { chosen, context, workspace } = await setUp();
    const check = (settings: typeof workspace.settings) =>
      chosen.test({ ...context, workspace: { ...workspace, settings } });
    expect(named(await check({ plan: 'creator' }), 'Plan')).toMatchObject({ ok: false });
    expect(named(await check({ 'auth-header': 'X' }), 'Settings')?.message).toContain('did you mean "authHeader"?');
    expect(await check({ plan: 'gold' })).toMatchObject({ ok: false, checks: [{ name: 'Settings', ok: false }] });
  });
});

it('takes any answer for reachable and shows no key to find out', async () => {
  const { chosen, context, server } = await setUp();
  await chosen.probe(context);
  await chosen.probe({
    ...context,
    workspace: { ...context.workspace, baseUrl: `${server.otherOrigin}/nothing/here` },
  });
  expect(server.seenKeys()).toEqual([]);
  expect(server.counts()).toMatchObject({ probes: 1, foreign: 1 });
});
