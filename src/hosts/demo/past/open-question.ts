/** One line whose outcome nobody knows, waiting for a person, with what was found out so far. */
import type { RenderId } from '#contract/entities.ts';
import { claimQueued } from '#engine/database/claims.ts';
import { addEvidence } from '#engine/database/evidence.ts';
import { markUnknown } from '#engine/database/generations.ts';
import { endClaim, setGeneration } from '#engine/database/jobs.ts';
import { getRender } from '#engine/database/renders.ts';
import { getWorkspaceBySeq } from '#engine/database/workspaces.ts';
import type { Ports } from '#engine/ports.ts';
import type { ProviderRegistry } from '#engine/providers/registry.ts';
import { viewOf } from '#engine/providers/workspace-view.ts';
import type { DemoVendors } from '../vendors.ts';
import { openLines, writeGeneration } from './settle.ts';

const minuteMs = 60_000;

/** The order must have one line, of ElevenLabs. `at`: when it was sent. */
export const leaveQuestion = (
  ports: Pick<Ports, 'database' | 'ids'>,
  providers: ProviderRegistry,
  vendors: Pick<DemoVendors, 'elevenlabs'>,
  renderId: RenderId,
  at: number,
): void => {
  const { database, ids } = ports;
  const render = getRender(database, renderId);
  const line = render === null ? undefined : openLines(database, render.seq)[0];
  const workspace = line === undefined ? null : getWorkspaceBySeq(database, line.job.workspaceSeq);
  if (render === null || line === undefined || workspace === null) throw new Error('There is no line to ask about.');
  const { recipe, job } = line;
  const provider = providers.get(workspace.provider);
  const view = viewOf(workspace, provider);
  const request = provider.request(view, recipe);
  const credits = [...recipe.text].length;
  // In the vendor's history, but not with the very same text: a person has to say whether it is this one.
  const [similar] = vendors.elevenlabs.addHistory([
    { at: at + 3000, text: recipe.text.replace('.', ' !'), voiceId: recipe.voice, format: recipe.format },
  ]);
  database.transaction(() => {
    const claimId = ids.next();
    claimQueued(database, { workspaceSeq: workspace.seq, renderSeq: render.seq, claimId, limit: 1, now: at });
    const id = writeGeneration(ports, line, { request, baseUrl: view.baseUrl, at }, credits);
    setGeneration(database, { seq: job.seq, claimId }, id);
    markUnknown(database, id);
    addEvidence(database, id, {
      at: at + 2000,
      message: 'The history has no item with this text yet.',
      balanceBefore: null,
      balanceNow: null,
      candidates: [],
    });
    addEvidence(database, id, {
      at: at + minuteMs,
      message: 'The history has no item with this very text. One item of that time is close to it.',
      balanceBefore: null,
      balanceNow: null,
      candidates: [
        {
          vendorItemId: similar?.id ?? '',
          at: at + 3000,
          voice: recipe.voice,
          text: recipe.text.replace('.', ' !'),
          credits: similar?.credits ?? null,
          note: 'the text differs',
        },
      ],
    });
    const error = {
      code: 'outcome_unknown',
      message: 'The connection broke while this line was being sent, and its history does not show it. (demo)',
    };
    endClaim(database, { seq: job.seq, claimId }, { state: 'uncertain', resolution: 'ask', error }, at + minuteMs);
  });
};
