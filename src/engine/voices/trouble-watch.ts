/** Keeps track of voices that scripts use and that are gone or will go, for alerts: looked through anew when voices or scripts change. */
import type { Voice, VoiceImpact } from '#contract/voices.ts';
import type { Clock, Logger } from '../ports.ts';

export interface VoiceTroubleNote {
  readonly workspaceId: Voice['workspaceId'];
  readonly voiceId: string;
  readonly name: string;
  readonly kind: 'voice_notice' | 'voice_gone';
  readonly message: string;
}
export interface TroubleWatch {
  /** As of the last look. */
  known(): readonly VoiceTroubleNote[];
  start(subscribe: (listener: (push: { readonly name: string }) => void) => () => void): void;
  stop(): void;
}

/** After the start and after a change, so that a burst of changes is looked at once, in ms. */
const restMs = 1_500;

const noteOf = ({ voice, scripts }: VoiceImpact): VoiceTroubleNote => {
  const [first] = scripts;
  const where = scripts.length === 1 ? `"${first?.title ?? ''}"` : `${scripts.length} scripts`;
  const day = voice.noticeEndsAt === null ? null : new Date(voice.noticeEndsAt).toISOString().slice(0, 10);
  const isGone = voice.availability === 'gone';
  const what = isGone
    ? `The voice ${voice.name} (${voice.reference}) is gone`
    : `The voice ${voice.name} (${voice.reference}) will be withdrawn${day === null ? '' : ` on ${day}`}`;
  return {
    workspaceId: voice.workspaceId,
    voiceId: voice.voiceId,
    name: voice.name,
    kind: isGone ? 'voice_gone' : 'voice_notice',
    message: `${what}; ${where} ${scripts.length === 1 ? 'speaks' : 'speak'} with it. What was rendered stays. Choose another voice for what is to come.`,
  };
};

export const createTroubleWatch = (
  ports: { readonly clock: Clock; readonly logger: Logger },
  impact: () => Promise<readonly VoiceImpact[]>,
  changed: () => void,
): TroubleWatch => {
  let notes: readonly VoiceTroubleNote[] = [];
  let endRest: (() => void) | null = null;
  let endListening: (() => void) | null = null;
  let stopped = false;
  const look = async (): Promise<void> => {
    const next = (await impact()).map(noteOf);
    if (stopped || JSON.stringify(next) === JSON.stringify(notes)) return;
    notes = next;
    changed();
  };
  const lookSoon = (): void => {
    if (stopped || endRest !== null) return;
    endRest = ports.clock.after(restMs, () => {
      endRest = null;
      look().catch((error: unknown) => ports.logger.warn('Scripts could not be looked through for voices.', { error }));
    });
  };
  return {
    known: () => notes,
    start: (subscribe) => {
      endListening = subscribe(({ name }) => {
        if (['voice.changed', 'script.changed', 'variant.changed', 'workspace.changed'].includes(name)) lookSoon();
      });
      lookSoon();
    },
    stop: () => {
      stopped = true;
      endRest?.();
      endListening?.();
    },
  };
};
