/** Whether a stored body is audio, how long and how loud it is, and whether that goes with its text. */
import type { Recipe } from '#contract/entities.ts';
import { suspectReason } from '../audio/suspect.ts';
import type { AudioReport, Ports } from '../ports.ts';
import { withoutPhonemeTags } from '../scripts/spoken-words.ts';

export type Measured =
  | { readonly kind: 'good'; readonly report: AudioReport; readonly suspect: string | null }
  | { readonly kind: 'bad'; readonly code: 'audio_undecodable' | 'audio_empty'; readonly problem: string };

/** Decodes and measures a stored body. */
export const measure = async (
  ports: Pick<Ports, 'compute' | 'files'>,
  path: string,
  spoken: { readonly text: string; readonly speed: number } | null,
): Promise<Measured> => {
  const report = await ports.compute.analyse({ path: ports.files.absolute(path) });
  if (!report.ok) {
    // A known container that this build cannot open is a take all the same; a person should hear it first.
    if (report.format === 'flac' || report.format === 'ogg') return { kind: 'good', report, suspect: report.problem };
    const isEmpty = (report.sampleRate > 0 && report.durationMs <= 0) || (await ports.files.size(path)) === 0;
    return {
      kind: 'bad',
      code: isEmpty ? 'audio_empty' : 'audio_undecodable',
      problem: report.problem ?? 'It is not audio of a known kind.',
    };
  }
  if (report.durationMs <= 0) return { kind: 'bad', code: 'audio_empty', problem: 'It holds no sound at all.' };
  return {
    kind: 'good',
    report,
    suspect:
      spoken === null
        ? null
        : suspectReason({
            durationMs: report.durationMs,
            text: spoken.text,
            speed: spoken.speed,
            loudnessLufs: report.loudnessLufs,
            truePeakDb: report.truePeakDb,
          }),
  };
};

/** What a recipe says is spoken, for the check of its length; null for joins, whose parts were checked. */
export const spokenOf = (recipe: Recipe): { text: string; speed: number } | null => {
  if (recipe.kind === 'joined') return null;
  const speed = recipe.settings['speed'];
  return { text: withoutPhonemeTags(recipe.text), speed: typeof speed === 'number' && speed > 0 ? speed : 1 };
};
