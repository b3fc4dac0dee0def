import { describe, expect, it, onTestFinished } from 'vitest';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import { noon, noonClock, openScene, startStudio, wait, type Scene } from './setup.ts';

const hour = 3_600_000;
const lines = ['The first of three lines.', 'A second line, a little longer.', 'And the third one.'];
const compare = async (
  { studio, workspace, clock }: Scene,
  given: { from?: number; to?: number; limit?: number } = {},
) => {
  await wait(clock, 16_000);
  return studio.client.call('account.reconcile', { workspaceId: workspace.id, ...given });
};

describe("the vendor's figures beside our books", () => {
  it('agree when nobody else used the account', async () => {
    const scene = await openScene({ creditsUsed: 0 });
    await scene.render(lines);
    const result = await compare(scene);
    expect(result).toMatchObject({
      from: Date.UTC(2026, 2, 1),
      vendorCredits: scene.vendor.usedCredits(),
      ourCredits: scene.vendor.usedCredits(),
      difference: 0,
      explained: 0,
      unexplained: 0,
      lines: [],
    });
    expect(result.ourCredits).toBeGreaterThan(0);
    expect(result.sources.join(' ')).toContain('lists 3 calls');
  });

  it('differ by what was made in the web app, and every such call is named', async () => {
    const scene = await openScene({ creditsUsed: 0 });
    await scene.render(lines);
    const voiceId = scene.vendor.voices()[0]?.voiceId ?? '';
    scene.vendor.addHistory([
      { at: noon - 3 * hour, text: 'Made by a colleague.', voiceId, credits: 700 },
      { at: noon - 5 * hour, text: 'Made in the web app.', voiceId, credits: 300 },
      { at: Date.UTC(2026, 1, 20), text: 'Made last month.', voiceId, credits: 5000 },
    ]);
    const result = await compare(scene);
    expect(result).toMatchObject({ difference: 1000, explained: 1000, unexplained: 0 });
    expect(result.lines.map(({ kind, text, vendorCredits }) => [kind, text, vendorCredits])).toEqual([
      ['vendor_only', 'Made by a colleague.', 700],
      ['vendor_only', 'Made in the web app.', 300],
    ]);
    const short = await compare(scene, { limit: 1 });
    expect(short).toMatchObject({ lines: [{ text: 'Made by a colleague.' }], moreLines: 1, explained: 1000 });
  });

  it('differ by amounts that are not ours, by calls that the vendor does not list, and by what stays unexplained', async () => {
    const scene = await openScene({ creditsUsed: 25 });
    await scene.render(lines);
    const { database } = scene.studio.ports;
    const [first, second] = await scene.studio.client.call('ledger.list', {});
    database.transaction(() => {
      // As if the vendor had told another debit, and as if a call had been deleted from its history.
      database
        .prepare(
          "INSERT INTO ledger (kind, credits, job_seq, generation_id, render_seq, project_id, person, machine, at) SELECT 'adjustment', -4, job_seq, generation_id, render_seq, project_id, person, machine, at FROM ledger WHERE kind = 'charge' AND generation_id = ?",
        )
        .run(first?.generationId ?? '');
      database
        .prepare("UPDATE generations SET vendor_id = 'gone', request_id = 'gone' WHERE id = ?")
        .run(second?.generationId ?? '');
    });
    const result = await compare(scene);
    expect(result.difference).toBe(25 + 4);
    expect(
      Object.fromEntries(result.lines.map((line) => [line.kind, (line.vendorCredits ?? 0) - (line.ourCredits ?? 0)])),
    ).toEqual({
      amount_differs: 4,
      ours_only: -(second?.chargedCredits ?? 0),
      vendor_only: second?.chargedCredits,
    });
    expect(result).toMatchObject({ explained: 4, unexplained: 25 });
    expect(result.lines.find(({ kind }) => kind === 'amount_differs')).toMatchObject({
      generationId: first?.generationId,
      takeId: first?.takeId,
    });
  });

  it('name calls whose outcome is open', async () => {
    const scene = await openScene({ creditsUsed: 0 });
    await scene.render(lines);
    const { database } = scene.studio.ports;
    const [call] = await scene.studio.client.call('ledger.list', {});
    database
      .prepare("UPDATE generations SET state = 'unknown', settled_at = NULL WHERE id = ?")
      .run(call?.generationId ?? '');
    expect((await compare(scene)).lines).toMatchObject([{ kind: 'open_call', generationId: call?.generationId }]);
  });

  it('of another period are those of its days in the vendor usage', async () => {
    const scene = await openScene({ creditsUsed: 9999 });
    await scene.render(lines);
    const used = scene.vendor.usedCredits() - 9999;
    const result = await compare(scene, { from: noon - 20 * hour, to: noon + 30 * 60_000 });
    expect(result).toMatchObject({ from: Date.UTC(2026, 2, 14), vendorCredits: used, ourCredits: used, difference: 0 });
    expect(result.sources.join(' ')).toContain('whole days (UTC), 2026-03-14 to 2026-03-15');
    await expect(compare(scene, { from: 5, to: 5 })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('tell what could not be read', async () => {
    const scene = await openScene({
      scopes: ['text_to_speech', 'voices_read', 'models_read', 'user_read'],
      creditsUsed: 50,
    });
    const result = await compare(scene);
    expect(result).toMatchObject({ vendorCredits: 50, ourCredits: 0, difference: 50, unexplained: 50, lines: [] });
    expect(result.sources.join(' ')).toContain("The vendor's history could not be read");
  });

  it('come from usage by minutes and the balance where the vendor keeps no list', async () => {
    const clock = noonClock();
    const server = await startSupertoneServer({ serviceTimeMs: 5, balance: 5000 }, clock);
    onTestFinished(() => server.close());
    const studio = await startStudio(clock);
    const read = studio.event('account.changed', ({ meter }) => meter.remainingCredits === 5000);
    const { id } = await studio.client.call('workspace.add', {
      provider: 'supertone',
      name: 'super',
      baseUrl: server.baseUrl,
      key: server.apiKey,
      settings: { plan: 'pro' },
    });
    await read;
    const script = await studio.script(lines, `super/${server.voices()[0]?.voice_id ?? ''}`);
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    await wait(clock, 16_000);
    const result = await studio.client.call('account.reconcile', { workspaceId: id });
    const billed = server.ledger().reduce((sum, { chargedCredits }) => sum + chargedCredits, 0);
    expect(result.ourCredits).toBeCloseTo(billed, 6);
    expect(result.vendorCredits).toBeCloseTo(billed, 4);
    expect(result.lines).toEqual([]);
    expect(result.sources.join(' ')).toMatch(/The balance was 5,000 .* keeps no list of calls/);
  });
});
