import { z } from 'zod';
import { Abilities, ProviderId, SettingValue, Workspace, WorkspaceId } from '../entities.ts';
import { SettingRange } from '../voices.ts';
import type { MethodShape } from './method.ts';

const settings = z.record(z.string(), SettingValue);
/** Write-only: no output of any method carries it. */
const key = z.string().min(1).max(4096);

/** A vendor this build can speak to, for the form that adds a workspace. */
export const ProviderOffer = z.object({
  provider: ProviderId,
  title: z.string(),
  abilities: Abilities,
  /** Addresses the vendor offers by region or residency; the first is the default. Empty: the user writes one. */
  hosts: z.array(z.object({ label: z.string(), baseUrl: z.string() })),
  /** Settings of a workspace, for a form. */
  settings: z.array(SettingRange),
  /** Said plainly before a workspace is added, such as an announced end of service. */
  notice: z.string().nullable(),
});
export type ProviderOffer = z.infer<typeof ProviderOffer>;

export const workspaceMethods = {
  'workspace.providers': { kind: 'query', input: z.object({}), output: z.array(ProviderOffer) },
  'workspace.list': { kind: 'query', input: z.object({}), output: z.array(Workspace) },
  'workspace.add': {
    kind: 'command',
    input: z.object({
      provider: ProviderId,
      name: z
        .string()
        .min(1)
        .max(80)
        .regex(/^[^/\s][^/]*$/, 'A workspace name has no slash and does not start with a space.'),
      baseUrl: z.url().nullable().default(null),
      settings: settings.default({}),
      key: key.optional(),
      sessionOnly: z.boolean().default(false),
    }),
    output: Workspace,
  },
  'workspace.update': {
    kind: 'command',
    input: z.object({
      workspaceId: WorkspaceId,
      name: z.string().min(1).max(80).optional(),
      baseUrl: z.url().nullable().optional(),
      settings: settings.optional(),
    }),
    output: Workspace,
  },
  'workspace.remove': { kind: 'command', input: z.object({ workspaceId: WorkspaceId }), output: z.object({}) },
  'workspace.setKey': {
    kind: 'command',
    input: z.object({ workspaceId: WorkspaceId, key, sessionOnly: z.boolean().default(false) }),
    output: Workspace,
  },
  'workspace.removeKey': { kind: 'command', input: z.object({ workspaceId: WorkspaceId }), output: Workspace },
  /** Free: reaches the vendor without starting any work. */
  'workspace.test': {
    kind: 'query',
    input: z.object({ workspaceId: WorkspaceId }),
    output: z.object({
      ok: z.boolean(),
      /** `missing`: the scope the key lacks; its cost to the user stands in `message`. */
      checks: z.array(
        z.object({ name: z.string(), ok: z.boolean().nullable(), message: z.string(), missing: z.string().nullable() }),
      ),
    }),
  },
} as const satisfies Record<string, MethodShape>;
