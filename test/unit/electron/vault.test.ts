import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '#contract/entities.ts';
import { createElectronVault } from '#electron/main/vault.ts';
import { createFakeSafeStorage } from '#test/fakes/electron.ts';

const workspace = 'w1' as WorkspaceId;
const key = 'sk-test-0123456789-a1b2';
const kept = { sessionOnly: false };

describe('the vault over safeStorage', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuebooth-vault-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = (platform: NodeJS.Platform, state: Parameters<typeof createFakeSafeStorage>[0]) =>
    createElectronVault({ safeStorage: createFakeSafeStorage(state), platform, appData: folder, nameOf: () => null });
  const withKeyring = () => open('linux', { available: true, backend: 'gnome_libsecret' });

  it('keeps a key as ciphertext that only its owner can read', async () => {
    await withKeyring().set(workspace, key, kept);
    expect(await withKeyring().get(workspace)).toBe(key);
    const file = join(folder, 'keys.json');
    expect(await readFile(file, 'utf8')).not.toContain(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each(['basic_text', 'unknown'] as const)(
    'refuses a key on Linux with the backend %s, where anyone could read it, and writes nothing',
    async (backend) => {
      const vault = open('linux', { available: true, backend });
      await expect(vault.set(workspace, key, kept)).rejects.toMatchObject({ code: 'vault_unavailable' });
      expect(await readdir(folder)).toEqual([]);
      expect(await vault.get(workspace)).toBeNull();
    },
  );

  it('takes a key for this session there, and forgets it with the session', async () => {
    const state = { available: true, backend: 'basic_text' } as const;
    const vault = open('linux', state);
    await vault.set(workspace, key, { sessionOnly: true });
    expect(await vault.get(workspace)).toBe(key);
    expect(await readdir(folder)).toEqual([]);
    expect(await open('linux', state).get(workspace)).toBeNull();
  });

  it('does not ask for a backend where only Linux has one', async () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const vault = open(platform, { available: true, backend: 'basic_text' });
      await vault.set(workspace, key, kept);
      expect(await vault.get(workspace)).toBe(key);
    }
  });

  it('is locked, not empty, while the keyring stays closed', async () => {
    await withKeyring().set(workspace, key, kept);
    const closed = open('linux', { available: false, backend: 'gnome_libsecret' });
    await expect(closed.get(workspace)).rejects.toMatchObject({ code: 'vault_locked' });
    expect(await closed.available()).toBe(false);
    const otherDesktop = open('linux', { available: true, backend: 'basic_text' });
    await expect(otherDesktop.get(workspace)).rejects.toMatchObject({ code: 'vault_locked' });
    expect(await withKeyring().get(workspace)).toBe(key);
  });

  it('removes a key', async () => {
    await withKeyring().set(workspace, key, kept);
    await withKeyring().remove(workspace);
    expect(await withKeyring().get(workspace)).toBeNull();
  });
});
