/** What a made-up call of the past is in its vendor's books. */
import type { SpeechRecipe } from '#contract/entities.ts';
import type { WorkspaceRow } from '#engine/database/workspaces.ts';
import type { Ports } from '#engine/ports.ts';
import type { SpeechProvider, VendorRequest } from '#engine/providers/provider.ts';
import { viewOf } from '#engine/providers/workspace-view.ts';
import { vendorId } from '../vendors/elevenlabs/voices.ts';
import type { DemoVendors } from '../vendors.ts';

export interface VendorSide {
  readonly vendorId: string | null;
  readonly requestId: string | null;
  readonly credits: number;
}
export interface PastCall {
  readonly recipe: SpeechRecipe;
  readonly request: VendorRequest;
  readonly workspace: WorkspaceRow;
  readonly provider: SpeechProvider;
  readonly at: number;
}

/** ElevenLabs: an item of its history. Supertone: a real call to the fake. Chosen tells no past, so its ids are made up. */
export const createVendorSide =
  (ports: Pick<Ports, 'vault'>, vendors: Pick<DemoVendors, 'elevenlabs'>) =>
  async ({ recipe, request, workspace, provider, at }: PastCall): Promise<VendorSide> => {
    const { text, voice, model } = recipe;
    if (recipe.provider === 'elevenlabs') {
      const [item] = vendors.elevenlabs.addHistory([
        { at, text, voiceId: voice, format: recipe.format, ...(model === null ? {} : { model }) },
      ]);
      return { vendorId: item?.id ?? null, requestId: item?.requestId ?? null, credits: item?.credits ?? 0 };
    }
    if (recipe.provider !== 'supertone')
      return { vendorId: `gen_${vendorId(`${text} ${at}`)}`, requestId: null, credits: [...text].length };
    const key = await ports.vault.get(workspace.id);
    const signal = new AbortController().signal;
    const status = await provider.submit({ workspace: viewOf(workspace, provider), key, signal }, request, null);
    if (status.kind !== 'audio') throw new Error('The fake of Supertone gave no audio.');
    for await (const chunk of status.body) void chunk;
    return { vendorId: status.vendorId, requestId: status.requestId ?? null, credits: status.chargedCredits ?? 0 };
  };
