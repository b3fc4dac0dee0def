import type { ScriptId } from '#contract/entities.ts';
import type { VariantOperation } from '#contract/methods/variant.ts';
import { openStudio } from '#test/builders/studio.ts';
import { later } from '#test/builders/endings.ts';

export const script = `---
title: Open day
slot: 10
language: en-US
cast:
  HOST: scratch/slt
  GUEST: scratch/rms
---
HOST: Welcome to {{city}}. [pause 300ms]
GUEST: See you on {{day|"Monday"}}.
`;

/** A script of two lines without a table, and the calls about its table. */
export const openTable = async (options: { readonly start?: boolean; readonly source?: string } = {}) => {
  const studio = await openStudio({ start: options.start ?? false });
  later(() => studio.remove());
  const { client } = studio;
  const project = await client.call('project.ensure', { name: 'Test' });
  const { id: scriptId } = await client.call('script.save', {
    projectId: project.id,
    path: 'open-day.cue.txt',
    source: { kind: 'text', text: options.source ?? script },
  });
  return {
    studio,
    client,
    scriptId,
    projectId: project.id,
    list: () => client.call('variant.list', { scriptId }),
    import: (text: string, dryRun = false) =>
      client.call('variant.import', { scriptId, source: { kind: 'text', text }, dryRun }),
    patch: (...operations: VariantOperation[]) => client.call('variant.patch', { scriptId, operations }),
    outlook: (of: ScriptId = scriptId) => client.call('variant.outlook', { scriptId: of }),
  };
};
