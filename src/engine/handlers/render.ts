import type { Render, RenderId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { auditionsProjectId, getProject, insertProject } from '../database/projects.ts';
import { listItems } from '../database/render-items.ts';
import { getRenderBySeq, insertRender, listRenders } from '../database/renders.ts';
import { auditionOf } from './audition.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { quoteRetry } from './quote-retry.ts';
import { requireRender, requireScript } from './lookups.ts';
import { countVariants } from './render-variants.ts';
import { estimateOrder, orderedItems, readyOrder, refuseErrors } from './order.ts';

/** Auditions jump ahead of every batch. */
const auditionPriority = 100;

export const renderHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  | 'render.estimate'
  | 'render.enqueue'
  | 'render.list'
  | 'render.get'
  | 'render.items'
  | 'render.variants'
  | 'render.quoteRetry'
  | 'render.prioritise'
  | 'render.pause'
  | 'render.resume'
  | 'render.cancel'
  | 'render.retry'
  | 'voice.audition'
> => {
  const { ports, queue, options } = context;
  const { database, ids, clock } = ports;
  const shown = (seq: number): Render => {
    const row = getRenderBySeq(database, seq);
    if (row === null) throw new AppError('not_found', 'The render is not in the library any more.');
    return queue.view(row);
  };

  return {
    'render.estimate': async (order) =>
      estimateOrder(context, await readyOrder(context, requireScript(database, order.scriptId), order), order),
    'render.enqueue': async (order) => {
      const script = requireScript(database, order.scriptId);
      const ready = await readyOrder(context, script, order);
      refuseErrors(ready);
      if (order.budgetCredits !== null) {
        const { credits } = await estimateOrder(context, ready, order);
        if (credits !== null && credits > order.budgetCredits) {
          throw new AppError(
            'over_budget',
            `This order is estimated at ${Math.ceil(credits)} credits, more than its budget of ${order.budgetCredits}. Nothing was queued. Raise the budget, or render fewer variants.`,
          );
        }
      }
      const seq = database.transaction(() =>
        insertRender(database, {
          id: ids.next() as RenderId,
          projectId: script.projectId,
          scriptId: script.id,
          scriptRevision: script.revision,
          title: script.title,
          purpose: 'render',
          takes: order.takes,
          budgetCredits: order.budgetCredits,
          priority: order.priority,
          person: options.person,
          machine: options.machine,
          createdAt: clock.now(),
        }),
      );
      await queue.fill(seq, orderedItems(context, ready.items()), { takes: order.takes, retake: order.retake });
      return shown(seq);
    },
    'render.list': ({ limit, before, includeAuditions }) =>
      listRenders(database, { limit, before: before ?? null, includeAuditions }).map((row) => queue.view(row)),
    'render.get': ({ renderId }) => queue.view(requireRender(database, renderId)),
    'render.items': ({ renderId, after, limit, states, variant }) =>
      listItems(database, requireRender(database, renderId).seq, after, limit, { states, variant }),
    'render.quoteRetry': ({ renderId, errorCode }) => {
      requireRender(database, renderId);
      return quoteRetry(context, { renderId, errorCode });
    },
    'render.variants': ({ renderId }) => countVariants(ports, requireRender(database, renderId).seq),
    'render.prioritise': async ({ renderId, priority }) => {
      const row = requireRender(database, renderId);
      await queue.prioritiseRender(row, priority);
      return shown(row.seq);
    },
    'render.pause': async ({ renderId }) => {
      const row = requireRender(database, renderId);
      await queue.pauseRender(row);
      return shown(row.seq);
    },
    'render.resume': ({ renderId, budgetCredits }) => {
      const row = requireRender(database, renderId);
      queue.resumeRender(row, budgetCredits);
      return shown(row.seq);
    },
    'render.cancel': async ({ renderId }) => {
      const row = requireRender(database, renderId);
      await queue.cancelRender(row);
      return shown(row.seq);
    },
    'render.retry': async ({ renderId }) => {
      const row = requireRender(database, renderId);
      await queue.retry({ renderId });
      return shown(row.seq);
    },
    'voice.audition': async (speech) => {
      const { item, voiceName } = auditionOf(context, speech);
      const seq = database.transaction(() => {
        if (getProject(database, auditionsProjectId) === null)
          insertProject(database, auditionsProjectId, 'Auditions', clock.now());
        return insertRender(database, {
          id: ids.next() as RenderId,
          projectId: auditionsProjectId as Render['projectId'],
          scriptId: null,
          scriptRevision: null,
          title: `Audition of ${voiceName}`,
          purpose: 'audition',
          takes: 1,
          budgetCredits: null,
          priority: auditionPriority,
          person: options.person,
          machine: options.machine,
          createdAt: clock.now(),
        });
      });
      await queue.fill(seq, [item], { takes: 1, retake: false });
      return { renderId: shown(seq).id };
    },
  };
};
