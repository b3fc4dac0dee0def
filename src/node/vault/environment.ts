import { AppError } from '#contract/errors.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import type { KeyVault } from '#engine/ports.ts';

export interface EnvironmentVaultOptions {
  /** The workspace's name, or null when it is not known. */
  readonly nameOf: (workspaceId: WorkspaceId) => string | null | Promise<string | null>;
  /** Default: this process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** `My Studio 2` is read from `CUEBOOTH_KEY_MY_STUDIO_2`; null for a name without a letter or digit of A-Z and 0-9. */
export const environmentName = (workspaceName: string): string | null => {
  const snake = workspaceName
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return snake === '' ? null : `CUEBOOTH_KEY_${snake}`;
};

/** Keys that the user put into the environment. Read-only. */
export const createEnvironmentVault = (options: EnvironmentVaultOptions): KeyVault => {
  const environment = options.environment ?? process.env;
  const refuse = (): Promise<never> =>
    Promise.reject(
      new AppError(
        'vault_unavailable',
        'Keys in environment variables are set outside Cuebooth; nothing was changed. Change the variable where it is set.',
      ),
    );
  return {
    available: () => Promise.resolve(true),
    set: refuse,
    get: async (workspaceId) => {
      const name = await options.nameOf(workspaceId);
      const variable = name === null ? null : environmentName(name);
      const key = variable === null ? undefined : environment[variable]?.trim();
      return key === undefined || key === '' ? null : key;
    },
    remove: refuse,
  };
};
