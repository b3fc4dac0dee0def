/** A vendor's voice as people see it, with what they noted about it. */
import type { ProviderId, WorkspaceId } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import type { VoiceMark } from '../database/voice-marks.ts';
import type { ProviderVoice } from '../providers/provider.ts';

/** A voice of a list that was read, with the first reading that missed it. */
export interface ListedVoice {
  readonly voice: ProviderVoice;
  /** Epoch ms; null while the vendor lists it. */
  readonly goneAt: number | null;
}
export interface VoiceOwner {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly provider: ProviderId;
  readonly free: boolean;
}

/**
 * A period of notice alone is a promise about some later day and marks nothing; a day of withdrawal does, and when it
 * has passed the voice counts as gone, even if the vendor still lists it.
 */
export const availabilityOf = ({ voice, goneAt }: ListedVoice, now: number): Voice['availability'] => {
  const endsAt = voice.noticeEndsAt ?? null;
  if (goneAt !== null || (endsAt !== null && endsAt <= now)) return 'gone';
  return endsAt === null ? 'available' : 'notice';
};

export const showVoice = (
  owner: VoiceOwner,
  listed: ListedVoice,
  mark: Omit<VoiceMark, 'voiceId'> | undefined,
  now: number,
): Voice => {
  const { voice } = listed;
  return {
    workspaceId: owner.workspaceId,
    workspaceName: owner.workspaceName,
    provider: owner.provider,
    voiceId: voice.voiceId,
    name: voice.name,
    reference: `${owner.workspaceName}/${voice.voiceId}`,
    language: voice.language,
    languages: [...(voice.languages ?? (voice.language === null ? [] : [voice.language]))],
    gender: voice.gender,
    age: voice.age ?? null,
    accent: voice.accent ?? null,
    category: voice.category ?? null,
    useCases: [...(voice.useCases ?? [])],
    styles: [...(voice.styles ?? [])],
    models: [...(voice.models ?? [])],
    description: voice.description,
    previews: (voice.previews ?? []).map(({ previewId, language, style, model }) => ({
      previewId,
      language,
      style,
      model,
    })),
    free: owner.free,
    priceMultiplier: voice.priceMultiplier ?? null,
    noticePeriodDays: voice.noticePeriodDays ?? null,
    noticeEndsAt: voice.noticeEndsAt ?? null,
    availability: availabilityOf(listed, now),
    isOwn: voice.isOwn ?? false,
    favourite: mark?.favourite ?? false,
    alias: mark?.alias ?? null,
    lastUsedAt: mark?.usedAt ?? null,
  };
};

/** All that is known of a voice by its id alone: of vendors that list none, or before a list was read. */
export const bareVoice = (voiceId: string): ProviderVoice => ({
  voiceId,
  name: voiceId,
  language: null,
  gender: null,
  description: null,
});
