import { describe, expect, it } from 'vitest';
import type { Workspace, WorkspaceId } from '#contract/entities.ts';
import { baseUrlOf, placeOf } from '#renderer/screens/settings/place-fields.tsx';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createWorkspaceStore, type ProviderOffer } from '#renderer/stores/workspace-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';

const offer = {
  provider: 'elevenlabs',
  hosts: [
    { label: 'Worldwide', baseUrl: 'https://api.example' },
    { label: 'EU', baseUrl: 'https://eu.example' },
  ],
} as unknown as ProviderOffer;
const workspace = { id: 'w1' as WorkspaceId, name: 'main', key: { configured: true } } as Workspace;
const good = { ok: true, checks: [{ name: 'Key', ok: true, message: 'Accepted.', missing: null }] };

const setUp = (answers: Readonly<Record<string, () => unknown>> = {}) => {
  const engine = createEngineStandIn({
    'workspace.list': () => [workspace],
    'workspace.providers': () => [offer],
    'workspace.add': () => workspace,
    'workspace.update': () => workspace,
    'workspace.setKey': () => workspace,
    'workspace.removeKey': () => workspace,
    'workspace.test': () => good,
    ...answers,
  });
  const store = createWorkspaceStore(engine.client, createMessageStore());
  return { engine, store };
};
const add = { provider: 'elevenlabs', name: 'main', key: 'sk-1' } as const;

describe('the workspace store', () => {
  it('asks for the vendors once, and for the workspaces each time', async () => {
    const { engine, store } = setUp();
    await store.refresh();
    await store.refresh();
    expect(store.getState().offers).toEqual([offer]);
    expect(engine.called('workspace.providers')).toHaveLength(1);
    expect(engine.called('workspace.list')).toHaveLength(2);
  });

  it('tests a workspace that came with a key, and after each new key', async () => {
    const { engine, store } = setUp();
    expect(await store.add(add)).toBeNull();
    expect(await store.setKey(workspace.id, 'sk-2', true)).toBeNull();
    expect(engine.called('workspace.setKey')[0]?.input).toEqual({ workspaceId: 'w1', key: 'sk-2', sessionOnly: true });
    expect(engine.called('workspace.test')).toHaveLength(2);
    expect(store.getState().tests.get(workspace.id)).toEqual(good);
  });

  it('asks nothing of a vendor without a key', async () => {
    const { engine, store } = setUp({ 'workspace.add': () => ({ ...workspace, key: { configured: false } }) });
    await store.add({ provider: 'elevenlabs', name: 'main' });
    expect(engine.called('workspace.test')).toEqual([]);
  });

  it('forgets what a test said of a place or a key that is no more', async () => {
    const { store } = setUp();
    await store.test(workspace.id);
    await store.update({ workspaceId: workspace.id, name: 'other' });
    expect(store.getState().tests.size).toBe(0);
    await store.test(workspace.id);
    await store.removeKey(workspace.id);
    expect(store.getState().tests.size).toBe(0);
  });

  it('hands a refusal to the form that asked, and keeps no key anywhere', async () => {
    const { store } = setUp({
      'workspace.add': () => ({ refused: { code: 'vault_unavailable', message: 'The key was not stored.' } }),
    });
    expect(await store.add(add)).toBe('The key was not stored.');
    expect(JSON.stringify(store.getState())).not.toContain('sk-1');
  });
});

describe('the place of a workspace', () => {
  it('is a region where the vendor has one of that address, else an address of its own', () => {
    expect(placeOf(offer, null)).toEqual({ choice: '0', url: '' });
    expect(placeOf(offer, 'https://eu.example/')).toEqual({ choice: '1', url: '' });
    expect(placeOf(offer, 'https://else.example')).toEqual({ choice: 'own', url: 'https://else.example' });
    expect(placeOf(undefined, null)).toEqual({ choice: 'own', url: '' });
  });

  it("becomes an address, or the vendor's default", () => {
    expect(baseUrlOf(offer, { choice: '0', url: '' })).toBeNull();
    expect(baseUrlOf(offer, { choice: '1', url: 'https://left-over.example' })).toBe('https://eu.example');
    expect(baseUrlOf(offer, { choice: 'own', url: ' https://else.example ' })).toBe('https://else.example');
    expect(baseUrlOf(offer, { choice: 'own', url: ' ' })).toBeNull();
  });
});
