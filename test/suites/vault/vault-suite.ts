import { expect, it } from 'vitest';
import type { WorkspaceId } from '#contract/entities.ts';
import type { KeyVault } from '#engine/ports.ts';

export const workspace = (id: string): WorkspaceId => id as WorkspaceId;
const forGood = { sessionOnly: false };

/** What every vault that takes keys promises, whatever it is made of. `reopen` is a new process on the same place. */
export const describeVault = (open: () => Promise<{ vault: KeyVault; reopen: (() => KeyVault) | null }>): void => {
  it('gives back exactly the key that was set, for that workspace only', async () => {
    const { vault } = await open();
    expect(await vault.available()).toBe(true);
    await vault.set(workspace('w1'), 'sk_ключ "quoted" \n end', forGood);
    await vault.set(workspace('w2'), 'another', forGood);
    expect(await vault.get(workspace('w1'))).toBe('sk_ключ "quoted" \n end');
    expect(await vault.get(workspace('w2'))).toBe('another');
    expect(await vault.get(workspace('w3'))).toBeNull();
  });

  it('replaces a key, forgets a removed one, and takes removing twice as done', async () => {
    const { vault } = await open();
    await vault.set(workspace('w1'), 'old', forGood);
    await vault.set(workspace('w1'), 'new', forGood);
    expect(await vault.get(workspace('w1'))).toBe('new');
    await vault.remove(workspace('w1'));
    await vault.remove(workspace('w1'));
    expect(await vault.get(workspace('w1'))).toBeNull();
  });

  it('loses none of many keys that are set at once', async () => {
    const { vault } = await open();
    const names = Array.from({ length: 12 }, (_, number) => `w${number}`);
    await Promise.all(names.map((name) => vault.set(workspace(name), `key of ${name}`, forGood)));
    expect(await Promise.all(names.map((name) => vault.get(workspace(name))))).toEqual(
      names.map((name) => `key of ${name}`),
    );
  });

  it('keeps keys for the next process where it keeps them at all', async () => {
    const { vault, reopen } = await open();
    await vault.set(workspace('w1'), 'kept', forGood);
    await vault.set(workspace('w2'), 'dropped', forGood);
    await vault.remove(workspace('w2'));
    if (reopen === null) return;
    expect(await reopen().get(workspace('w1'))).toBe('kept');
    expect(await reopen().get(workspace('w2'))).toBeNull();
  });
};
