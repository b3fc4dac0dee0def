/** Fills `--out` with the takes that a render has so far. */
import { resolve } from 'node:path';
import type { RenderId, RenderItem, Take, TakeId } from '#contract/entities.ts';
import type { CommandContext } from '../context.ts';
import { fillFolder, type FilledFolder, type OutFile } from '../out/fill-folder.ts';
import { nameFiles, type NameTemplate } from '../out/naming.ts';
import type { Session } from '../session.ts';
import type { Prepared } from './prepare.ts';

export interface Delivery extends FilledFolder {
  readonly folder: string;
  /** Items that have no take yet. */
  readonly missing: number;
}

const pageSize = 1000;

/** All items of a render, in order. */
export const allItems = async (session: Session, renderId: RenderId): Promise<RenderItem[]> => {
  const items: RenderItem[] = [];
  for (let after = -1; ; ) {
    const page = await session.client.call('render.items', { renderId, after, limit: pageSize });
    items.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return items;
    after = last.position;
  }
};

export const deliver = async (
  context: CommandContext,
  session: Session,
  prepared: Prepared,
  items: readonly RenderItem[],
  target: { readonly folder: string; readonly template: NameTemplate },
): Promise<Delivery> => {
  const takes = new Map<TakeId, Take>();
  for (const { takeId } of items) {
    if (takeId !== null && !takes.has(takeId)) takes.set(takeId, await session.client.call('take.get', { takeId }));
  }
  const ready = items.flatMap((item) => {
    const take = item.takeId === null ? undefined : takes.get(item.takeId);
    return take === undefined ? [] : [{ item, take }];
  });
  const names = nameFiles(
    target.template,
    ready.map(({ item, take }) => ({
      title: prepared.script.title,
      project: prepared.project.name,
      variant: item.variant,
      linePosition: item.linePosition,
      character: item.character,
      takeNo: item.takeNo,
      extension: take.format,
    })),
    prepared.script.lines.length,
  );
  const files = ready.map(
    ({ take }, index): OutFile => ({
      name: names[index] ?? '',
      source: session.mediaFile(take),
      sha256: take.sha256,
      bytes: take.bytes,
    }),
  );
  const filled = await fillFolder(resolve(context.folder, target.folder), files);
  return { ...filled, folder: target.folder, missing: items.length - ready.length };
};
