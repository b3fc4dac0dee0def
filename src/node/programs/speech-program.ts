import type { Programs } from '#engine/ports.ts';

export type SystemVoice = Awaited<ReturnType<Programs['voices']>>[number];

/** One program of the system that speaks. Voice names are its own, without the program's prefix. */
export interface SpeechProgram {
  readonly id: SystemVoice['program'];
  /** Throws `program_missing` where it is not installed. */
  voices(): Promise<readonly SystemVoice[]>;
  /** WAV bytes as the program wrote them. */
  speak(
    task: { readonly voice: string; readonly text: string; readonly speed: number },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
}
