import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

// app-builder-lib is electron-builder's inside: its validator and scheme.json are what a real packaging run applies.
const fromElectronBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const { validateConfiguration } = fromElectronBuilder('app-builder-lib/out/util/config/config') as {
  validateConfiguration(config: unknown, debugLogger: { readonly isEnabled: boolean }): Promise<void>;
};

function readConfiguration(): Record<string, unknown> {
  const file = fileURLToPath(new URL('../../electron-builder.yml', import.meta.url));
  return parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

const faultOf = (config: unknown): Promise<unknown> =>
  validateConfiguration(config, { isEnabled: false }).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('electron-builder.yml', () => {
  it("is valid against electron-builder's own schema", async () => {
    expect(await faultOf(readConfiguration())).toBeUndefined();
  });

  it('would be refused with a misspelled property', async () => {
    const fault = await faultOf({ ...readConfiguration(), asarr: true });
    expect(String(fault)).toContain("unknown property 'asarr'");
  });

  it('closes the doors that Electron leaves open by default', () => {
    expect(readConfiguration()['electronFuses']).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
  });

  it('packs what was built and nothing of the sources', () => {
    const { files, mac, win, linux } = readConfiguration() as Record<string, { readonly files?: unknown }>;
    const packed = (files as unknown as string[]).filter((pattern) => !pattern.startsWith('!'));
    expect(packed).toEqual(['out/**', 'resources/**', 'package.json']);
    // A platform's own list that only excludes would mean "everything else", sources and tests with it.
    expect([mac?.files, win?.files, linux?.files]).toEqual([undefined, undefined, undefined]);
  });

  it('keeps native libraries outside the archive', () => {
    expect(readConfiguration()['asarUnpack']).toContain('**/*.node');
  });
});
