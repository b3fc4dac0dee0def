import { describe, expect, it } from 'vitest';
import { suspectReason } from '#engine/audio/suspect.ts';

const LINE = 'Spring is here at Harbour Lights in Bristol, and everything must go before Sunday.';
const usual = { text: LINE, durationMs: 5200, loudnessLufs: -20, truePeakDb: -3 };

describe('suspicion', () => {
  it('leaves a take alone whose length goes with its text', () => {
    expect(suspectReason(usual)).toBeNull();
    expect(suspectReason({ ...usual, durationMs: 3500 })).toBeNull();
    expect(suspectReason({ ...usual, durationMs: 9000 })).toBeNull();
  });

  it('names a take that is far too short or far too long', () => {
    expect(suspectReason({ ...usual, durationMs: 900 })).toMatch(/very short for its text: 0\.9 s/);
    expect(suspectReason({ ...usual, durationMs: 45_000 })).toMatch(/very long for its text: 45\.0 s/);
  });

  it('names silence and near silence', () => {
    expect(suspectReason({ ...usual, loudnessLufs: null, truePeakDb: null })).toMatch(/silence/);
    expect(suspectReason({ ...usual, loudnessLufs: -61 })).toMatch(/nearly silent/);
  });

  it('allows for the speed that was asked for', () => {
    expect(suspectReason({ ...usual, durationMs: 1200 })).not.toBeNull();
    expect(suspectReason({ ...usual, durationMs: 1200, speed: 3 })).toBeNull();
  });

  it('knows that digits are words, that a short word has room around it, and that some scripts say a word with one sign', () => {
    const quick = { ...usual, loudnessLufs: null };
    expect(suspectReason({ ...quick, text: '$1,299.99', durationMs: 4200 })).toBeNull();
    expect(suspectReason({ ...quick, text: 'No!', durationMs: 350 })).toBeNull();
    expect(suspectReason({ ...quick, text: 'Now.', durationMs: 2600 })).toBeNull();
    expect(suspectReason({ ...quick, text: '春の大売り出しは日曜日までです。', durationMs: 4000 })).toBeNull();
  });
});
