/** The promises of a key vault over every vault that runs here, then what each of them promises alone; one file, so that none is left out. */
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  statSync,
  writeFileSync,
  existsSync,
  readdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createCipherVault } from '#node/vault/cipher.ts';
import type { Cipher } from '#node/vault/cipher.ts';
import { createEnvironmentVault, environmentName } from '#node/vault/environment.ts';
import { chooseKeyStore, createHostVault } from '#node/vault/host-vault.ts';
import { createKeyringVault } from '#node/vault/keyring.ts';
import type { KeyringEntry } from '#node/vault/keyring.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { createPlainFileVault } from '#node/vault/plain-file.ts';
import { keyHint } from '#node/vault/store.ts';
import { describeVault, workspace } from './vault-suite.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const tempFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-vault-'));
  made.push(folder);
  return folder;
};
const forGood = { sessionOnly: false };
const w1 = workspace('w1');

/** Real encryption with a key of its own, and a switch for "the key store is locked". */
const createTestCipher = (): Cipher & { locked: boolean } => {
  const secret = randomBytes(32);
  const cipher = {
    locked: false,
    available: () => Promise.resolve(!cipher.locked),
    encrypt: (text: string) => {
      const iv = randomBytes(12);
      const gcm = createCipheriv('aes-256-gcm', secret, iv);
      const body = Buffer.concat([gcm.update(text, 'utf8'), gcm.final()]);
      return Promise.resolve(Buffer.concat([iv, gcm.getAuthTag(), body]));
    },
    decrypt: (bytes: Uint8Array) => {
      const gcm = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12));
      gcm.setAuthTag(bytes.subarray(12, 28));
      return Promise.resolve().then(() => gcm.update(bytes.subarray(28), undefined, 'utf8') + gcm.final('utf8'));
    },
  };
  return cipher;
};

/** The key store of a desktop session, shared by the processes of a test. */
const createDesktop = () => {
  const kept = new Map<string, string>();
  const desktop = {
    kept,
    present: true,
    open: (service: string, account: string): Promise<KeyringEntry> => {
      const name = `${service}/${account}`;
      const check = (): void => {
        if (!desktop.present) throw new Error('Platform failure: no desktop session');
      };
      return Promise.resolve({
        setPassword: async (key: string) => {
          check();
          kept.set(name, key);
        },
        getPassword: async () => {
          check();
          return kept.get(name) ?? null;
        },
        deletePassword: async () => {
          check();
          return kept.delete(name);
        },
      });
    },
  };
  return desktop;
};

describe('the session vault', () => {
  describeVault(async () => ({ vault: createMemoryVault(), reopen: null }));
});

describe('the encrypted file', () => {
  describeVault(async () => {
    const path = join(tempFolder(), 'app/keys.json');
    const cipher = createTestCipher();
    return { vault: createCipherVault(path, cipher), reopen: () => createCipherVault(path, cipher) };
  });

  it('is readable by its owner only and holds no plain text', async () => {
    const folder = tempFolder();
    const vault = createCipherVault(join(folder, 'keys.json'), createTestCipher());
    await vault.set(w1, 'sk_very_secret_0001', forGood);
    const text = readFileSync(join(folder, 'keys.json'), 'utf8');
    expect(text).toContain('w1');
    expect(text).not.toContain('secret');
    expect(text).not.toContain(Buffer.from('sk_very_secret_0001').toString('base64').slice(0, 20));
    if (process.platform !== 'win32') expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  it('refuses to store without encryption, and leaves no file', async () => {
    const folder = tempFolder();
    const cipher = createTestCipher();
    cipher.locked = true;
    const vault = createCipherVault(join(folder, 'keys.json'), cipher);
    await expect(vault.set(w1, 'sk_secret', forGood)).rejects.toMatchObject({
      code: 'vault_unavailable',
      message: expect.stringContaining('for this session only'),
    });
    expect(existsSync(join(folder, 'keys.json'))).toBe(false);
    expect(await vault.get(w1)).toBeNull();
  });

  it('is locked, not empty, while the system cannot decrypt', async () => {
    const path = join(tempFolder(), 'keys.json');
    const cipher = createTestCipher();
    const vault = createCipherVault(path, cipher);
    await vault.set(w1, 'sk_secret', forGood);
    cipher.locked = true;
    await expect(vault.get(w1)).rejects.toMatchObject({
      code: 'vault_locked',
      action: { type: 'set-key', workspaceId: 'w1' },
    });
    expect(await vault.get(workspace('w2'))).toBeNull();
    cipher.locked = false;
    expect(await vault.get(w1)).toBe('sk_secret');
    await expect(createCipherVault(path, createTestCipher()).get(w1)).rejects.toMatchObject({ code: 'vault_locked' });
  });

  it('never writes a key that is for this session only', async () => {
    const folder = tempFolder();
    await expect(
      createCipherVault(join(folder, 'keys.json'), createTestCipher()).set(w1, 'sk', { sessionOnly: true }),
    ).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves a file that it does not understand as it is', async () => {
    const path = join(tempFolder(), 'keys.json');
    writeFileSync(path, '{"format":"something else"}');
    const vault = createCipherVault(path, createTestCipher());
    await expect(vault.set(w1, 'sk', forGood)).rejects.toMatchObject({ code: 'vault_unavailable' });
    await expect(vault.get(w1)).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(readFileSync(path, 'utf8')).toBe('{"format":"something else"}');
  });
});

describe('the plain file', () => {
  describeVault(async () => {
    const path = join(tempFolder(), 'keys-plain.json');
    return { vault: createPlainFileVault(path), reopen: () => createPlainFileVault(path) };
  });

  it('is taken only when asked for in words, and is readable by its owner only', async () => {
    const folder = tempFolder();
    await chooseKeyStore(folder, { CUEBOOTH_KEY_FILE: 'plain' }).set(w1, 'sk_plain', forGood);
    expect(statSync(join(folder, 'keys-plain.json')).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    for (const environment of [{}, { CUEBOOTH_KEY_FILE: '1' }, { CUEBOOTH_KEY_FILE: 'yes' }]) {
      expect(await chooseKeyStore(folder, environment).get(w1)).toBeNull();
    }
  });
});

describe("the system's key store", () => {
  describeVault(async () => {
    const options = { indexPath: join(tempFolder(), 'keyring.json'), open: createDesktop().open };
    return { vault: createKeyringVault(options), reopen: () => createKeyringVault(options) };
  });

  it('leaves only workspace ids in its own file', async () => {
    const folder = tempFolder();
    const desktop = createDesktop();
    await createKeyringVault({ indexPath: join(folder, 'keyring.json'), open: desktop.open }).set(
      w1,
      'sk_very_secret',
      forGood,
    );
    expect([...desktop.kept]).toEqual([['Cuebooth/w1', 'sk_very_secret']]);
    expect(readFileSync(join(folder, 'keyring.json'), 'utf8')).not.toContain('secret');
  });

  it('is locked for keys that are there, and empty for the others, without a desktop session', async () => {
    const desktop = createDesktop();
    const vault = createKeyringVault({ indexPath: join(tempFolder(), 'keyring.json'), open: desktop.open });
    await vault.set(w1, 'sk', forGood);
    desktop.present = false;
    expect(await vault.available()).toBe(false);
    await expect(vault.get(w1)).rejects.toMatchObject({ code: 'vault_locked' });
    expect(await vault.get(workspace('w2'))).toBeNull();
    await expect(vault.set(workspace('w2'), 'sk', forGood)).rejects.toMatchObject({ code: 'vault_unavailable' });
  });

  it('leaves no key behind that it could not find again', async () => {
    const folder = tempFolder();
    const desktop = createDesktop();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'app'), 'junction');
    const vault = createKeyringVault({ indexPath: join(folder, 'app/keyring.json'), open: desktop.open });
    await expect(vault.set(w1, 'sk_lost', forGood)).rejects.toThrow();
    expect([...desktop.kept]).toEqual([]);
  });

  it('answers on this machine, present or not, and a refused key is nowhere', async () => {
    const folder = tempFolder();
    const vault = createKeyringVault({
      indexPath: join(folder, 'keyring.json'),
      service: `cuebooth-test-${process.pid}`,
    });
    if (await vault.available()) {
      await vault.set(w1, 'sk_test', forGood);
      expect(await vault.get(w1)).toBe('sk_test');
      await vault.remove(w1);
    } else {
      await expect(vault.set(w1, 'sk_test', forGood)).rejects.toMatchObject({ code: 'vault_unavailable' });
      expect(readdirSync(folder)).toEqual([]);
    }
    expect(await vault.get(w1)).toBeNull();
  });
});

describe('keys in the environment', () => {
  it('are found by the name of the workspace', async () => {
    expect(['My Studio 2', 'acme', '  Größe/№5 ', 'ação-x', '한국'].map(environmentName)).toEqual([
      'CUEBOOTH_KEY_MY_STUDIO_2',
      'CUEBOOTH_KEY_ACME',
      'CUEBOOTH_KEY_GRO_E_NO5',
      'CUEBOOTH_KEY_ACAO_X',
      null,
    ]);
    const vault = createEnvironmentVault({
      nameOf: (id) => (id === 'w1' ? 'My Studio 2' : null),
      environment: { CUEBOOTH_KEY_MY_STUDIO_2: ' sk_env\n', CUEBOOTH_KEY_: 'trap' },
    });
    expect(await vault.get(w1)).toBe('sk_env');
    expect(await vault.get(workspace('w2'))).toBeNull();
  });

  it('cannot be changed from here', async () => {
    const vault = createEnvironmentVault({ nameOf: () => 'a', environment: {} });
    await expect(vault.set(w1, 'x', forGood)).rejects.toMatchObject({ code: 'vault_unavailable' });
  });
});

describe("the host's vault", () => {
  const open = (environment: Record<string, string> = {}) => {
    const folder = tempFolder();
    const cipher = createTestCipher();
    const create = () =>
      createHostVault({
        store: createCipherVault(join(folder, 'keys.json'), cipher),
        nameOf: () => 'Acme',
        environment,
      });
    return { folder, cipher, vault: create(), reopen: create };
  };
  describeVault(async () => open());

  it('prefers the session, then the store, then the environment', async () => {
    const { vault } = open({ CUEBOOTH_KEY_ACME: 'from environment' });
    expect(await vault.get(w1)).toBe('from environment');
    await vault.set(w1, 'from store', forGood);
    expect(await vault.get(w1)).toBe('from store');
    await vault.set(w1, 'from session', { sessionOnly: true });
    expect(await vault.get(w1)).toBe('from session');
    await vault.set(w1, 'stored later', forGood);
    expect(await vault.get(w1)).toBe('stored later');
  });

  it('keeps a session key off the disk and forgets it with the process', async () => {
    const { vault, reopen, folder } = open();
    await vault.set(w1, 'sk_session', { sessionOnly: true });
    expect(await vault.get(w1)).toBe('sk_session');
    expect(readdirSync(folder)).toEqual([]);
    expect(await reopen().get(w1)).toBeNull();
  });

  it('takes a new key in the place of the old one, and forgets both session and stored key', async () => {
    const { vault, reopen } = open();
    await vault.set(w1, 'first', forGood);
    await vault.set(w1, 'second', forGood);
    expect(await reopen().get(w1)).toBe('second');
    await vault.set(w1, 'for now', { sessionOnly: true });
    await vault.remove(w1);
    expect(await vault.get(w1)).toBeNull();
    expect(await reopen().get(w1)).toBeNull();
  });

  it('refuses to keep a key where no store works, and takes it for the session', async () => {
    const { vault, cipher, folder } = open();
    cipher.locked = true;
    await expect(vault.set(w1, 'sk', forGood)).rejects.toMatchObject({
      code: 'vault_unavailable',
      message: expect.stringMatching(/session only|environment variable/),
    });
    await vault.set(w1, 'sk', { sessionOnly: true });
    expect(await vault.get(w1)).toBe('sk');
    expect(readdirSync(folder)).toEqual([]);
    const without = createHostVault({ store: null, nameOf: () => null, environment: {} });
    await expect(without.set(w1, 'sk', forGood)).rejects.toMatchObject({ code: 'vault_unavailable' });
    expect(await without.available()).toBe(true);
  });

  it('waits for a locked store only where a key lies in it', async () => {
    const { vault, cipher } = open();
    cipher.locked = true;
    expect(await vault.available()).toBe(true);
    cipher.locked = false;
    await vault.set(w1, 'sk', forGood);
    cipher.locked = true;
    expect(await vault.available()).toBe(false);
    await expect(vault.get(w1)).rejects.toMatchObject({ code: 'vault_locked' });
  });

  it('uses the environment while the store is locked', async () => {
    const { vault, cipher } = open({ CUEBOOTH_KEY_ACME: 'from environment' });
    await vault.set(w1, 'from store', forGood);
    cipher.locked = true;
    expect(await vault.get(w1)).toBe('from environment');
  });
});

describe('the hint of a key', () => {
  it('is its last four characters, and nothing of a short one', () => {
    expect([keyHint('sk_0123456789a1b2'), keyHint('short-key'), keyHint('')]).toEqual(['...a1b2', '...', '...']);
  });
});
