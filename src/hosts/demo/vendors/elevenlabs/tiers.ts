/** Plans of the fake account: credits, requests at a time, and which audio formats they may ask for. */

/** As the vendor names them inside. */
export type Tier = 'free' | 'starter' | 'creator' | 'pro' | 'scale_2024_08_10' | 'growing_business' | 'enterprise';
interface Plan {
  readonly rank: number;
  readonly credits: number;
  /** Requests at a time of ordinary models, and of flash and turbo. */
  readonly concurrency: readonly [ordinary: number, fast: number];
  readonly voices: number;
  readonly professionalVoices: number;
  readonly pricedCents: number;
}

export const plans: Readonly<Record<Tier, Plan>> = {
  free: { rank: 0, credits: 10_000, concurrency: [2, 4], voices: 3, professionalVoices: 0, pricedCents: 0 },
  starter: { rank: 1, credits: 30_000, concurrency: [3, 6], voices: 10, professionalVoices: 0, pricedCents: 500 },
  creator: { rank: 2, credits: 121_000, concurrency: [5, 10], voices: 30, professionalVoices: 1, pricedCents: 2200 },
  pro: { rank: 3, credits: 600_000, concurrency: [10, 20], voices: 160, professionalVoices: 1, pricedCents: 9900 },
  scale_2024_08_10: {
    rank: 4,
    credits: 1_800_000,
    concurrency: [15, 30],
    voices: 660,
    professionalVoices: 3,
    pricedCents: 33_000,
  },
  growing_business: {
    rank: 5,
    credits: 6_000_000,
    concurrency: [15, 30],
    voices: 660,
    professionalVoices: 10,
    pricedCents: 132_000,
  },
  enterprise: {
    rank: 6,
    credits: 40_000_000,
    concurrency: [60, 120],
    voices: 10_000,
    professionalVoices: 100,
    pricedCents: 0,
  },
};

/** The lowest tier that may ask for a format, where that is not free. */
export const tierOfFormat = (format: string): Tier => {
  if (format === 'mp3_44100_192') return 'creator';
  return /^(?:pcm|wav)_(?:44100|48000)$/.test(format) ? 'pro' : 'free';
};
