import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Project, ProjectId, ScriptSummary } from '#contract/entities.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';
import { wordsOf } from '../words/words.ts';

export interface ProjectState {
  readonly status: 'loading' | 'ready';
  readonly projects: readonly Project[];
  readonly scripts: readonly ScriptSummary[];
}

export interface NewScript {
  readonly title: string;
  /** Booked length; null: none. */
  readonly slotSeconds: number | null;
  /** BCP 47. */
  readonly language: string;
}
const yamlText = (text: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _.&'’()-]*$/u.test(text) ? text : JSON.stringify(text);

export const firstScript = ({ title, slotSeconds, language }: NewScript): string => `---
title: ${yamlText(title)}${slotSeconds === null ? '' : `\nslot: ${slotSeconds}`}
language: ${language}
cast:
  ANNOUNCER: scratch/slt
---
ANNOUNCER: {{store}} in {{city}} opens its doors. [pause 400ms]
ANNOUNCER (warm): Come in and say hello.
`;

/** Campaigns and their scripts, as lists. */
export const createProjectStore = (
  client: Client,
  messages: MessageStore,
  navigation: NavigationStore,
  undo: UndoStore,
) => {
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
    createScript: async (projectName: string, script: NewScript): Promise<void> => {
      const { title } = script;
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
        await save(project.id, path, { kind: 'text', text: firstScript(script) });
      } catch (error) {
        messages.fail(error);
      }
    },
    /** At once; Undo brings it back with its variants and takes. */
    removeScript: async ({ id, title }: Pick<ScriptSummary, 'id' | 'title'>): Promise<void> => {
      const t = wordsOf('scripts');
      try {
        await client.call('script.remove', { scriptId: id });
        undo.note({
          what: t('removedWhat', { title }),
          undo: async () => {
            await client.call('script.restore', { scriptId: id });
            await refresher.now();
            navigation.openScript(id);
          },
          redo: () => client.call('script.remove', { scriptId: id }),
        });
        messages.show('notice', t('removed', { title }));
        await refresher.now();
      } catch (error) {
        messages.fail(error);
      }
    },
    renameScript: async (
      { id, title, path }: Pick<ScriptSummary, 'id' | 'title' | 'path'>,
      to: { readonly title: string; readonly path: string },
    ): Promise<void> => {
      const change = (from: typeof to, next: typeof to) => ({
        scriptId: id,
        ...(next.title === from.title ? {} : { title: next.title }),
        ...(next.path === from.path ? {} : { path: next.path }),
      });
      const before = { title, path };
      try {
        await client.call('script.rename', change(before, to));
        undo.note({
          what: wordsOf('scripts')('renamedWhat', { title: to.title }),
          undo: () => client.call('script.rename', change(to, before)),
          redo: () => client.call('script.rename', change(before, to)),
        });
        await refresher.now();
      } catch (error) {
        messages.fail(error);
      }
    },
    renameProject: async ({ id, name }: Pick<Project, 'id' | 'name'>, to: string): Promise<void> => {
      try {
        await client.call('project.rename', { projectId: id, name: to });
        undo.note({
          what: wordsOf('scripts')('renamedWhat', { title: to }),
          undo: () => client.call('project.rename', { projectId: id, name }),
          redo: () => client.call('project.rename', { projectId: id, name: to }),
        });
        await refresher.now();
      } catch (error) {
        messages.fail(error);
      }
    },
  });
};
