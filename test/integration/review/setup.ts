/** A campaign on voices that cost nothing, rendered, and what its review says. */
import { onTestFinished } from 'vitest';
import type { Render, Script, TakeId } from '#contract/entities.ts';
import type { MethodInput, MethodOutput } from '#contract/methods/index.ts';
import type { ReviewItem } from '#contract/review.ts';
import { openStudio, type Studio, type StudioOptions } from '#test/builders/studio.ts';

export interface Campaign {
  readonly studio: Studio;
  readonly script: Script;
  render(order?: Partial<MethodInput<'render.enqueue'>>): Promise<Render>;
  list(part?: Partial<MethodInput<'review.list'>>): Promise<MethodOutput<'review.list'>>;
  /** The first item whose text holds these words. */
  item(words: string): Promise<ReviewItem & { readonly takeId: TakeId }>;
}

export const openCampaign = async (
  text: string,
  variants: string | null = null,
  options: StudioOptions = {},
): Promise<Campaign> => {
  const studio = await openStudio(options);
  onTestFinished(() => studio.remove());
  const project = await studio.client.call('project.ensure', { name: 'Test' });
  const script = await studio.client.call('script.save', {
    projectId: project.id,
    path: 'campaign.cue.txt',
    source: { kind: 'text', text },
  });
  if (variants !== null)
    await studio.client.call('variant.import', { scriptId: script.id, source: { kind: 'text', text: variants } });
  const list: Campaign['list'] = (part = {}) => studio.client.call('review.list', { scriptId: script.id, ...part });
  return {
    studio,
    script,
    list,
    render: async (order = {}) =>
      studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id, ...order })).id),
    item: async (words) => {
      const found = (await list()).items.find(({ text: said }) => said.includes(words));
      if (found === undefined || found.takeId === null) throw new Error(`Nothing with audio says ${words}.`);
      return { ...found, takeId: found.takeId };
    },
  };
};

export const openDay = `---
title: Open day
slot: 30
cast:
  HOST: scratch/slt
  GUEST: scratch/rms
---
HOST: Welcome to the open day of {{city}}, all of you.
GUEST: See you on Monday.
`;
export const cities = `variant,city
leeds,Leeds
york,York
hull,Hull
`;
