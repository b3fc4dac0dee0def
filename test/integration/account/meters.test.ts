import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '#contract/errors.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import { startStudio as startPlain } from '#test/integration/queue/setup.ts';
import { startGatedVendor } from '#test/integration/queue/gated-vendor.ts';
import { endAll } from '#test/builders/endings.ts';
import { heard, noon, noonClock, openScene, startStudio, wait } from './setup.ts';

endAll();
const lines = ['The first of three lines.', 'A second line, a little longer.', 'And the third one.'];

describe('an empty library', () => {
  it('answers every question about accounts', async () => {
    const { client } = await startStudio(noonClock());
    const [meter, ...others] = await client.call('account.meters', {});
    expect(others).toEqual([]);
    expect(meter).toMatchObject({ provider: 'scratch', state: 'free', heldCredits: 0, forecast: null });
    const workspaceId = meter?.workspaceId as never;
    expect(await client.call('account.subscription', { workspaceId })).toMatchObject({
      subscription: null,
      readAt: null,
    });
    expect(await client.call('account.refresh', {})).toHaveLength(1);
    expect(await client.call('account.reconcile', { workspaceId })).toMatchObject({
      ourCredits: 0,
      lines: [],
      vendorCredits: null,
    });
    expect(await client.call('budget.list', {})).toEqual([]);
    expect(await client.call('alert.list', { all: true })).toEqual([]);
    await expect(client.call('account.subscription', { workspaceId: 'none' as never })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a library that is open to read only', () => {
  it('tells what is known and asks nobody', async () => {
    const { clock, vendor, studio, workspace } = await openScene();
    await studio.close();
    const before = vendor.counts()['accounts'];
    const engine = { readOnly: true };
    const { client } = await startStudio(clock, { folder: studio.folder, vault: studio.vault, engine });
    expect((await client.call('account.meters', {})).map(({ usedCredits }) => usedCredits)).toEqual([null, 1000]);
    const refused = { code: 'library_read_only' };
    await expect(client.call('account.refresh', {})).rejects.toMatchObject(refused);
    await expect(client.call('usage.sync', {})).rejects.toMatchObject(refused);
    await expect(client.call('account.reconcile', { workspaceId: workspace.id })).rejects.toMatchObject(refused);
    await wait(clock, 20_000);
    expect(vendor.counts()['accounts']).toBe(before);
  });
});

describe('a workspace whose vendor tells its account', () => {
  it('is read as soon as it is added: plan, credits, reset and the whole subscription', async () => {
    const { vendor, studio, workspace, meter } = await openScene({ overageCredits: 5000 });
    expect(await meter()).toMatchObject({
      source: 'vendor',
      state: 'current',
      plan: 'pro',
      usedCredits: vendor.usedCredits(),
      limitCredits: 600_000,
      remainingCredits: 600_000 - vendor.usedCredits(),
      resetAt: Date.UTC(2026, 3, 1),
      overage: { state: 'available', limitCredits: 5000 },
    });
    const { subscription, readAt } = await studio.client.call('account.subscription', { workspaceId: workspace.id });
    expect(subscription).toMatchObject({ tier: 'pro', nextInvoice: { amountDueCents: expect.any(Number) as number } });
    expect(readAt).toBeGreaterThan(noon);
  });

  it("shows the vendor's figure after each charge, without asking once for each line", async () => {
    const scene = await openScene({ creditsUsed: 1000 });
    await wait(scene.clock, 16_000);
    const before = scene.vendor.counts()['accounts'] ?? 0;
    const charged = scene.told(
      ({ usedCredits, heldCredits, seenCredits }) =>
        heldCredits === 0 && seenCredits > 0 && usedCredits === scene.vendor.usedCredits(),
    );
    await scene.render(Array.from({ length: 20 }, (_, index) => `Offer number ${index}, only this week.`));
    const meter = await charged;
    expect(meter).toMatchObject({ heldCredits: 0, seenCredits: (meter.usedCredits ?? 0) - 1000 });
    expect((scene.vendor.counts()['accounts'] ?? 0) - before).toBeLessThan(10);
  });

  it('tells what the queue holds, and takes it off what is free', async () => {
    const { studio, vendor, told } = await openScene({ serviceTimeMs: 20_000, concurrencyCap: 1 });
    const held = told(({ heldCredits }) => heldCredits > 0);
    const script = await studio.script(lines, `eleven/${vendor.voices()[0]?.voiceId ?? ''}`);
    const { id } = await studio.client.call('render.enqueue', { scriptId: script.id });
    const meter = await held;
    expect(meter.freeCredits).toBe((meter.remainingCredits ?? 0) - meter.heldCredits);
    const released = told(({ heldCredits }) => heldCredits === 0);
    await studio.client.call('render.cancel', { renderId: id });
    expect((await released).freeCredits).toBeLessThanOrEqual(meter.remainingCredits ?? 0);
  });

  it('is asked at most once in 15 s, however often somebody wishes', async () => {
    const { clock, vendor, studio } = await openScene();
    await wait(clock, 16_000);
    const before = vendor.counts()['accounts'] ?? 0;
    await Promise.all([studio.client.call('account.refresh', {}), studio.client.call('account.refresh', {})]);
    await studio.client.call('account.refresh', {});
    expect(vendor.counts()['accounts']).toBe(before + 1);
    await wait(clock, 16_000);
    await studio.client.call('account.refresh', {});
    expect(vendor.counts()['accounts']).toBe(before + 2);
  });

  it('is read again by itself while somebody looks', async () => {
    const { vendor, meter, told } = await openScene();
    const { readAt } = await meter();
    vendor.change({ creditsUsed: 2345 });
    const next = await told(({ usedCredits }) => usedCredits === 2345);
    expect((next.readAt ?? 0) - (readAt ?? 0)).toBeGreaterThanOrEqual(4 * 60_000);
  });

  it('offline shows the last known figures with their age, also after the library was opened again', async () => {
    const { clock, vendor, studio, meter } = await openScene();
    const { readAt, usedCredits } = await meter();
    await vendor.close();
    await wait(clock, 16_000);
    await studio.client.call('account.refresh', {});
    expect(await meter()).toMatchObject({ state: 'offline', usedCredits, readAt });
    await studio.close();
    const again = await startStudio(clock, { folder: studio.folder, vault: studio.vault, start: false });
    const [, kept] = await again.client.call('account.meters', {});
    expect(kept).toMatchObject({ state: 'offline', usedCredits, readAt });
  });

  it.each([
    ['refused', { scopes: ['text_to_speech', 'voices_read'] as const }],
    ['current', {}],
  ] as const)('is %s as its key may', async (state, options) => {
    const { meter } = await openScene(options);
    expect((await meter()).state).toBe(state);
  });

  it('is locked without a key, and read when one is set', async () => {
    const { studio, vendor, workspace, told } = await openScene();
    const locked = told(({ state }) => state === 'locked');
    await studio.client.call('workspace.removeKey', { workspaceId: workspace.id });
    expect((await locked).message).toContain('No API key');
    const unlocked = told(({ state }) => state === 'current');
    await studio.client.call('workspace.setKey', { workspaceId: workspace.id, key: vendor.apiKey });
    await unlocked;
  });

  it('is locked while the vault is', async () => {
    const vault = createMemoryVault();
    const clock = noonClock();
    const studio = await startStudio(clock, {
      vault: { ...vault, get: () => Promise.reject(new AppError('vault_locked', 'The keyring is locked.')) },
      start: false,
    });
    const { id } = await studio.client.call('workspace.add', {
      provider: 'elevenlabs',
      name: 'eleven',
      baseUrl: 'http://127.0.0.1:9',
    });
    const [meter] = await studio.client.call('account.refresh', { workspaceId: id });
    expect(meter).toMatchObject({ state: 'locked', message: 'The keyring is locked.' });
  });
});

describe('a workspace whose vendor tells nothing', () => {
  it('shows what this app has seen debited, and says so', async () => {
    const clock = noonClock();
    const vendor = await startGatedVendor();
    const studio = await startPlain({ clock });
    const { id } = await studio.chosen({ baseUrl: vendor.baseUrl, key: vendor.apiKey, settings: { plan: 'pro' } });
    const script = await studio.script(lines, 'chosen/Ava');
    const told = studio.event('account.changed', ({ meter }) => meter.workspaceId === id && meter.seenCredits > 0);
    const render = await studio.client.call('render.enqueue', { scriptId: script.id });
    await studio.settled(render.id);
    await told;
    const meters = await studio.client.call('account.refresh', { workspaceId: id });
    expect(meters).toMatchObject([
      { source: 'seen', plan: 'pro', usedCredits: lines.join('').length, remainingCredits: null },
    ]);
  });
});

describe('a vendor that has ended', () => {
  it('is shown as retired, with an alert, and keeps what is known of it', async () => {
    const clock = noonClock();
    const server = await startSupertoneServer({ balance: 500 }, clock);
    onTestFinished(() => server.close());
    const studio = await startStudio(clock);
    const read = studio.event('account.changed', ({ meter }) => meter.remainingCredits === 500);
    const { id } = await studio.client.call('workspace.add', {
      provider: 'supertone',
      name: 'super',
      baseUrl: server.baseUrl,
      key: server.apiKey,
    });
    await read;
    server.change({ retired: 'gone' });
    await wait(clock, 16_000);
    const alerted = studio.event('alert.changed', ({ open }) => open > 0);
    const [meter] = await studio.client.call('account.refresh', { workspaceId: id });
    expect(meter).toMatchObject({ state: 'retired', remainingCredits: 500 });
    await alerted;
    expect(await studio.client.call('alert.list', {})).toMatchObject([{ kind: 'workspace_retired', workspaceId: id }]);
  });
});

describe('alerts', () => {
  const kinds = async (studio: Awaited<ReturnType<typeof openScene>>['studio'], all = false) =>
    (await studio.client.call('alert.list', { all })).map(({ kind }) => kind);

  it('flag a key that may not read the history when it is added, and end when it may', async () => {
    const { clock, vendor, studio } = await openScene({
      scopes: ['text_to_speech', 'voices_read', 'models_read', 'user_read'],
    });
    expect(await kinds(studio)).toEqual(['key_without_history']);
    vendor.change({ scopes: ['text_to_speech', 'voices_read', 'models_read', 'user_read', 'speech_history_read'] });
    await wait(clock, 16_000);
    await studio.client.call('account.refresh', {});
    expect(await kinds(studio)).toEqual([]);
    expect(await kinds(studio, true)).toEqual(['key_without_history']);
  });

  it('tell of invoices and changes of plan, and stay away once they were dismissed', async () => {
    const { clock, vendor, studio } = await openScene({ openInvoices: 2, pendingChange: 'cancellation' });
    expect((await kinds(studio)).toSorted()).toEqual(['invoice_open', 'plan_change']);
    const [first] = await studio.client.call('alert.list', {});
    const counted = await heard(studio, 'alert.changed', () =>
      studio.client.call('alert.dismiss', { id: first?.id ?? '' }),
    );
    expect(counted).toEqual([{ open: 1 }]);
    vendor.change({ creditsUsed: 4000 });
    await wait(clock, 16_000);
    await studio.client.call('account.refresh', {});
    expect(await kinds(studio)).toHaveLength(1);
    expect(await kinds(studio, true)).toHaveLength(2);
    await expect(studio.client.call('alert.dismiss', { id: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tell when less is left than is queued', async () => {
    const { studio, vendor, told } = await openScene({ creditLimit: 1100, serviceTimeMs: 20_000, concurrencyCap: 1 });
    const before = await kinds(studio);
    expect(before).toEqual(['low_credits']);
    const script = await studio.script(
      lines.map((line) => line.repeat(4)),
      `eleven/${vendor.voices()[0]?.voiceId ?? ''}`,
    );
    const short = told(({ freeCredits }) => freeCredits !== null && freeCredits < 0);
    await studio.client.call('render.enqueue', { scriptId: script.id });
    await short;
    expect(await studio.client.call('alert.list', {})).toMatchObject([{ kind: 'low_credits', level: 'error' }]);
  });
});
