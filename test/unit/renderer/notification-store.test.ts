import { describe, expect, it } from 'vitest';
import type { Alert } from '#contract/account.ts';
import { alertActions } from '#renderer/app/alert-actions.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { countOpen, createNotificationStore } from '#renderer/stores/notification-store.ts';
import type { Studio } from '#renderer/stores/studio.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';

const alert = (id: string, part: Partial<Alert> = {}): Alert => ({
  id,
  kind: 'low_credits',
  level: 'warning',
  workspaceId: 'main' as Alert['workspaceId'],
  subject: 'main',
  message: `Message ${id}.`,
  createdAt: 1,
  endedAt: null,
  dismissedAt: null,
  ...part,
});
const setUp = async (first: readonly Alert[]) => {
  let alerts = [...first];
  const put = (id: unknown, dismissedAt: number | null): object => {
    alerts = alerts.map((one) => (one.id === id ? { ...one, dismissedAt } : one));
    return {};
  };
  const engine = createEngineStandIn({
    'alert.list': () => alerts,
    'alert.dismiss': ({ id }) => put(id, 5),
    'alert.restore': ({ id }) => put(id, null),
  });
  const messages = createMessageStore();
  const undo = createUndoStore(messages);
  const store = createNotificationStore(engine.client, messages, undo, () => 9);
  await store.refresh();
  return { engine, messages, undo, store, add: (...more: Alert[]) => (alerts = [...more, ...alerts]) };
};
const render = (state: string, part: object = {}) =>
  ({ render: { id: 'r1', purpose: 'render', state, title: 'Spring', ...part } }) as never;

describe('notifications', () => {
  it('count what is true and was not dismissed', async () => {
    const { store } = await setUp([alert('a'), alert('b', { endedAt: 3 }), alert('c', { dismissedAt: 3 })]);
    expect(countOpen(store.getState())).toBe(1);
  });

  it('tell a new error at once as a message, and not what was there at the start', async () => {
    const { store, messages, add } = await setUp([alert('old', { level: 'error' })]);
    expect(messages.getState().messages).toEqual([]);
    add(alert('new', { level: 'error' }), alert('mild'));
    await store.refresh();
    await store.refresh();
    expect(messages.getState().messages.map(({ text }) => text)).toEqual(['Message new.']);
  });

  it('are dismissed together and come back by one undo', async () => {
    const { store, undo } = await setUp([alert('a'), alert('b')]);
    await store.dismiss(store.getState().alerts);
    expect(countOpen(store.getState())).toBe(0);
    expect(undo.getState().done.map(({ what }) => what)).toEqual(['dismissed 2 notifications']);
    await undo.undo();
    expect(countOpen(store.getState())).toBe(2);
    await undo.redo();
    expect(countOpen(store.getState())).toBe(0);
  });

  it('list orders that end while somebody is here, once, and no auditions', async () => {
    const { engine, store } = await setUp([]);
    engine.push('render.changed', render('done'));
    expect(store.getState().ended).toEqual([]);
    engine.push('render.changed', render('active'));
    engine.push('render.changed', render('done'));
    engine.push('render.changed', render('done'));
    engine.push('render.changed', render('active', { id: 'r2', purpose: 'audition' }));
    engine.push('render.changed', render('done', { id: 'r2', purpose: 'audition' }));
    expect(store.getState().ended).toMatchObject([{ at: 9, render: { id: 'r1' } }]);
    store.forgetRender('r1' as never);
    expect(store.getState().ended).toEqual([]);
  });
});

describe('what can be done about an alert', () => {
  const seen: unknown[] = [];
  const navigation = { go: (to: unknown) => seen.push(to), show: (...to: unknown[]) => seen.push(to) };
  const studio = { navigation } as unknown as Studio;
  const first = (one: Alert): unknown => {
    alertActions(one, studio)[0]?.run();
    return seen.at(-1);
  };

  it('leads to the reason, the budget, the voice or the key it is about', () => {
    expect(first(alert('a', { kind: 'forecast_before_reset' }))).toEqual({
      room: 'usage',
      query: { tab: 'runway', workspace: 'main' },
    });
    expect(first(alert('b', { kind: 'invoice_open' }))).toEqual(['subscription', 'main']);
    expect(first(alert('c', { kind: 'budget_stop', subject: 'b1', workspaceId: null }))).toEqual({
      room: 'usage',
      query: { tab: 'budgets', budget: 'b1' },
    });
    expect(first(alert('d', { kind: 'voice_gone', subject: 'v1' }))).toEqual({
      room: 'voices',
      query: { voice: 'v1', workspace: 'main' },
    });
    expect(first(alert('e', { kind: 'key_without_history' }))).toMatchObject({ room: 'settings' });
  });
});
