// What the Renders room asks: how long it takes, which variants, which cause, what goes first.
import { describe, expect, it } from 'vitest';
import { endAll, jobsOf, learnPrice, openGated, order, saveScript, texts, until } from './setup.ts';

endAll();

describe('the time of an order', () => {
  it('is not told before the first call, and then follows from what a call took and how many go side by side', async () => {
    const { studio, clock, vendor } = await openGated({ gate: 'shut' }, { concurrency: 2 });
    const script = await saveScript(studio, 'many', texts(40));
    const estimate = () => studio.client.call('render.estimate', { scriptId: script.id });
    expect((await estimate()).renderSeconds).toBeNull();
    const first = order(studio, 'price', ['One line to learn the price.']);
    await vendor.arrived(1);
    const until5s = clock.monotonic() + 5000;
    await new Promise<void>((resolve) => {
      clock.after(until5s - clock.monotonic(), resolve);
    });
    vendor.open();
    await studio.settled((await first).id);
    const { renderSeconds, fresh } = await estimate();
    expect(fresh).toBe(40);
    expect(renderSeconds).toBeGreaterThanOrEqual((5 * 40) / 2);
    const other = await studio.client.call('render.estimate', { scriptId: script.id, takes: 2 });
    expect(other.renderSeconds).toBeCloseTo((renderSeconds ?? 0) * 2, 3);
  });

  it('is remembered when the library is opened again, and is nothing where nothing is new', async () => {
    const { studio } = await openGated({}, { concurrency: 2 });
    await learnPrice(studio);
    const script = await saveScript(studio, 'a', ['One line to learn the price.']);
    expect((await studio.client.call('render.estimate', { scriptId: script.id })).renderSeconds).toBe(0);
    const kept = studio.ports.database
      .prepare<{ slot_ms: number | null }>('SELECT slot_ms FROM workspace_learning WHERE slot_ms IS NOT NULL')
      .all();
    expect(kept).toHaveLength(1);
  });

  it('is not told while one workspace of the order is new', async () => {
    const { studio } = await openGated({}, { concurrency: 2 });
    await learnPrice(studio);
    const script = await saveScript(studio, 'a', ['One line of another.']);
    const both = { scriptId: script.id, voices: { NARRATOR: 'scratch/slt' } };
    expect((await studio.client.call('render.estimate', both)).renderSeconds).toBeNull();
    await studio.settled((await studio.client.call('render.enqueue', both)).id);
    const again = await studio.client.call('render.estimate', { ...both, takes: 2 });
    expect(again.renderSeconds).toBeGreaterThan(0);
  });
});

describe('failed lines', () => {
  const failTwoWays = async () => {
    let refuses = true;
    const scene = await openGated(
      {
        refuse: (text) => {
          if (!refuses) return null;
          if (text.includes('number 1,')) return { status: 422, body: { error: { code: 'CONTENT_REJECTED' } } };
          return text.includes('number 2,') ? { status: 404, body: { error: { code: 'VOICE_NOT_FOUND' } } } : null;
        },
      },
      { concurrency: 1 },
    );
    await learnPrice(scene.studio);
    const { id } = await order(scene.studio, 'a', texts(4));
    const done = await scene.studio.settled(id);
    return { ...scene, id, done, relent: () => (refuses = false) };
  };

  it('are retried by cause: the others stay as they are', async () => {
    const { studio, id, done, relent } = await failTwoWays();
    expect(done.errors.map(({ code, failed }) => [code, failed]).toSorted()).toEqual([
      ['text_rejected', 1],
      ['voice_not_found', 1],
    ]);
    expect(done.errors[0]?.workspaceIds).toHaveLength(1);
    const whole = await studio.client.call('render.quoteRetry', { renderId: id });
    const quote = await studio.client.call('render.quoteRetry', { renderId: id, errorCode: 'text_rejected' });
    // A credit a character, as it was learned.
    const length = texts(1)[0]?.length ?? 0;
    expect(whole.byWorkspace).toMatchObject([{ workspaceName: 'chosen', calls: 2, credits: length * 2 }]);
    expect(quote).toMatchObject({ calls: 1, byWorkspace: [{ calls: 1, credits: length }] });
    relent();
    const { changed } = await studio.client.call('queue.retry', { renderId: id, errorCode: 'text_rejected' });
    expect(changed).toBe(1);
    const after = await until(studio, id, ({ state, progress }) => state === 'done' && progress.failed === 1);
    expect(after.errors.map(({ code }) => code)).toEqual(['voice_not_found']);
  });

  it('are cancelled by cause: only those that wait because of it', async () => {
    const { studio, vendor, id, relent } = await failTwoWays();
    relent();
    vendor.shut();
    await studio.client.call('queue.retry', { renderId: id });
    // Queued again, they have no cause any more.
    expect(await studio.client.call('queue.cancel', { renderId: id, errorCode: 'text_rejected' })).toEqual({
      changed: 0,
    });
    vendor.open();
    expect((await studio.settled(id)).progress.succeeded).toBe(4);
  });

  it('are found among the items by their state, and in the counts of their variant', async () => {
    const { studio, id } = await failTwoWays();
    const items = await studio.client.call('render.items', { renderId: id, states: ['failed'] });
    expect(items.map(({ error }) => error?.code)).toEqual(['text_rejected', 'voice_not_found']);
    const ofVariant = (variant: string) => studio.client.call('render.items', { renderId: id, variant });
    expect([(await ofVariant('default')).length, (await ofVariant('other')).length]).toEqual([4, 0]);
    expect(await studio.client.call('render.variants', { renderId: id })).toEqual([
      { variant: 'default', items: 4, ready: 2, running: 0, uncertain: 0, failed: 2, cancelled: 0 },
    ]);
  });
});

it('takes the voices of the order over those of the variants, for a draft that costs nothing', async () => {
  const { studio } = await openGated({}, { concurrency: 2 });
  const script = await saveScript(studio, 'a', ['Come to {{city}}.']);
  const table = 'variant,city,voice:NARRATOR\nleeds,Leeds,chosen/Ava\nyork,York,\n';
  await studio.client.call('variant.import', { scriptId: script.id, source: { kind: 'text', text: table } });
  const draft = { scriptId: script.id, voices: { NARRATOR: 'scratch/slt' } };
  const usual = await studio.client.call('render.estimate', draft);
  expect(usual.byWorkspace.map(({ workspaceName, fresh }) => [workspaceName, fresh])).toEqual([
    ['chosen', 1],
    ['scratch', 1],
  ]);
  const free = await studio.client.call('render.estimate', { ...draft, voicesFrom: 'order' });
  expect(free.byWorkspace.map(({ workspaceName, fresh }) => [workspaceName, fresh])).toEqual([['scratch', 2]]);
  expect(free.credits).toBe(0);
});

describe('a render that is made more urgent', () => {
  it('goes before every line of the others that has not left yet', async () => {
    const { studio, vendor } = await openGated({}, { concurrency: 2 });
    await learnPrice(studio);
    vendor.shut();
    await order(studio, 'batch', texts(12));
    const late = await order(studio, 'late', ['The late one goes first.']);
    await vendor.arrived(1 + 2);
    const changed = await studio.client.call('render.prioritise', { renderId: late.id, priority: 10 });
    expect(changed.priority).toBe(10);
    vendor.open();
    await studio.settled(late.id);
    expect(vendor.posts.findIndex(({ text }) => text === 'The late one goes first.')).toBe(3);
    const open = await jobsOf(studio);
    expect(open.filter(({ state }) => state === 'failed')).toEqual([]);
  });
});
