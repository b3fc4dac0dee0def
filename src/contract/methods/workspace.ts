import { z } from 'zod';
import { ProviderId, SettingValue, Workspace, WorkspaceId } from '../entities.ts';
import type { MethodShape } from './method.ts';

const settings = z.record(z.string(), SettingValue);
/** Write-only: no output of any method carries it. */
const key = z.string().min(1).max(4096);

export const workspaceMethods = {
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
      checks: z.array(z.object({ name: z.string(), ok: z.boolean().nullable(), message: z.string() })),
    }),
  },
} as const satisfies Record<string, MethodShape>;
