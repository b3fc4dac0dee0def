import { unknownRates } from '#engine/providers/unknown-rates.ts';
import { createHash } from 'node:crypto';
import { type LexiconEntry, LineId, type Variant, WorkspaceId } from '#contract/entities.ts';
import { type ExpandInput, type ResolveVoice, selectVariants } from '#engine/scripts/expansion.ts';
import { compileLexicon } from '#engine/scripts/lexicon.ts';
import { parseScript } from '#engine/scripts/parse-script.ts';
import type { Hash, Hasher } from '#engine/ports.ts';
import type { SpeechProvider, TextRules } from '#engine/providers/provider.ts';

export const sha256: Hash = {
  sha256: () => {
    const hash = createHash('sha256');
    const hasher: Hasher = {
      update: (bytes) => {
        hash.update(bytes);
        return hasher;
      },
      hex: () => hash.digest('hex'),
    };
    return hasher;
  },
};

const unused = () => Promise.reject(new Error('Expansion asks a provider for rules only.'));
const provider = (rules: TextRules): SpeechProvider => ({
  id: 'scratch',
  title: 'Scratch',
  abilities: {
    idempotencyKey: false,
    jobPolling: false,
    remoteHistory: false,
    balance: false,
    subscription: false,
    usage: false,
    durationPrediction: false,
    costUnit: 'free',
    voiceList: true,
    needsKey: false,
  },
  defaultBaseUrl: null,
  defaultConcurrency: 1,
  account: (workspace) => `account of ${workspace.name}`,
  textRules: (_, __, model) => ({ ...rules, model }),
  estimateCredits: () => null,
  request: () => ({ method: 'POST', url: '', contentType: '', body: new Uint8Array() }),
  submit: unused,
  probe: unused,
  test: unused,
  voices: unused,
});

export const plainRules: TextRules = {
  limit: null,
  pauseMarkup: null,
  directionMarkup: null,
  settings: ['speed'],
  model: null,
  format: 'wav',
};
export const knownVoices = ['scratch/slt', 'scratch/rms', 'scratch/awb', 'scratch/kal', 'scratch/kal16', 'studio/slt'];

export const resolveWith =
  (rules: TextRules): ResolveVoice =>
  (reference) => {
    if (!knownVoices.includes(reference)) return { problem: `No voice is called ${reference}.` };
    const [workspace = '', voiceId = ''] = reference.split('/');
    const id = WorkspaceId.parse(`id-${workspace}`);
    return {
      workspaceId: id,
      view: { id, name: workspace, provider: 'scratch', baseUrl: '', settings: {} },
      provider: provider(rules),
      rates: unknownRates,
      voiceId,
    };
  };

export const variant = (
  name: string,
  values: Record<string, string> = {},
  voices: Record<string, string> = {},
): Variant => ({ name, row: 1, values, voices });

export interface Order {
  readonly rules?: Partial<TextRules>;
  readonly variants?: readonly Variant[];
  readonly voices?: Record<string, string>;
  readonly lexicon?: readonly LexiconEntry[];
}
/** Everything that expansion needs, made of a script's text. */
export const orderOf = (
  source: string,
  order: Order = {},
): ExpandInput & { readonly script: ReturnType<typeof parseScript> } => {
  const script = parseScript(source);
  return {
    script,
    lines: script.lines.map((line) => ({ ...line, id: LineId.parse(`line-${line.position}`) })),
    variables: script.variables,
    cast: script.cast,
    language: script.language,
    voices: order.voices ?? {},
    variants: selectVariants(order.variants ?? [], undefined).variants,
    lexicon: compileLexicon(order.lexicon ?? [], script.language),
    resolveVoice: resolveWith({ ...plainRules, ...order.rules }),
    hash: sha256,
  };
};
