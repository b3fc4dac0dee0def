import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Project, ProjectId, ScriptId, ScriptSummary } from '#contract/entities.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';

export interface ProjectState {
  readonly status: 'loading' | 'ready';
  readonly projects: readonly Project[];
  readonly scripts: readonly ScriptSummary[];
}

export const firstScript = (title: string): string => `---
title: ${title}
slot: 30
language: en-US
cast:
  ANNOUNCER: scratch/slt
---
ANNOUNCER: {{store}} in {{city}} opens its doors. [pause 400ms]
ANNOUNCER (warm): Come in and say hello.
`;

/** Campaigns and their scripts, as lists. */
export const createProjectStore = (client: Client, messages: MessageStore, navigation: NavigationStore) => {
  const store = createStore<ProjectState>(() => ({ status: 'loading', projects: [], scripts: [] }));

  const load = async (): Promise<void> => {
    try {
      const [projects, scripts] = await Promise.all([client.call('project.list', {}), client.call('script.list', {})]);
      store.setState({ status: 'ready', projects, scripts });
      const { scriptId, tab } = navigation.getState();
      const known = scripts.some((script) => script.id === scriptId);
      const first = scripts[0];
      if (!known) navigation.setState({ scriptId: first?.id ?? null, tab: known ? tab : 'script' });
    } catch (error) {
      messages.fail(error);
    }
  };
  const refresher = createRefresher(load, { delayMs: 80, pace: 'steady' });
  for (const event of ['project.changed', 'script.changed', 'variant.changed'] as const)
    client.on(event, refresher.ask);

  const save = async (projectId: ProjectId, path: string, source: { kind: 'text'; text: string } | File) => {
    try {
      const script = await client.call('script.save', {
        projectId,
        path,
        source: source instanceof File ? { kind: 'blob', blobId: await client.upload(source) } : source,
      });
      await refresher.now();
      navigation.openScript(script.id, 'script');
      return script;
    } catch (error) {
      return messages.fail(error);
    }
  };

  return Object.assign(store, {
    refresh: refresher.now,
    /** Takes the file as it is: the engine reads its encoding and keeps every byte. */
    importScript: (projectId: ProjectId, file: File) => save(projectId, file.name, file),
    createScript: async (projectName: string, title: string): Promise<void> => {
      try {
        const project = await client.call('project.ensure', { name: projectName });
        const stem =
          title
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]+/gu, '-')
            .replace(/^-|-$/g, '') || 'script';
        const taken = new Set(
          store
            .getState()
            .scripts.filter((s) => s.projectId === project.id)
            .map((s) => s.path),
        );
        let path = `${stem}.cue.txt`;
        for (let n = 2; taken.has(path); n++) path = `${stem}-${n}.cue.txt`;
        await save(project.id, path, { kind: 'text', text: firstScript(title) });
      } catch (error) {
        messages.fail(error);
      }
    },
    removeScript: async (scriptId: ScriptId): Promise<void> => {
      try {
        await client.call('script.remove', { scriptId });
        await refresher.now();
      } catch (error) {
        messages.fail(error);
      }
    },
  });
};
