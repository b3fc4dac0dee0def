/** Speech-like sound, the same for the same seed: for takes that can be heard and drawn without an engine. */
const sampleRate = 16_000;

export const chanceOf = (seed: number): (() => number) => {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
};

export const samplesOf = (seed: number, durationMs: number): Float32Array => {
  const chance = chanceOf(seed);
  const samples = new Float32Array(Math.round((durationMs / 1000) * sampleRate));
  let at = Math.round(0.06 * sampleRate);
  while (at < samples.length - 1600) {
    const length = Math.round((0.09 + chance() * 0.16) * sampleRate);
    const loud = 0.25 + chance() * 0.65;
    const pitch = 110 + chance() * 60;
    for (let n = 0; n < length && at + n < samples.length - 800; n++) {
      const shape = Math.sin((Math.PI * n) / length) ** 0.7;
      const time = n / sampleRate;
      const voice =
        Math.sin(2 * Math.PI * pitch * time) * 0.6 +
        Math.sin(2 * Math.PI * pitch * 3.1 * time) * 0.3 +
        (chance() - 0.5) * 0.25;
      samples[at + n] = voice * shape * loud * 0.8;
    }
    at += length + (chance() < 0.16 ? Math.round(0.22 * sampleRate) : Math.round(0.02 * sampleRate));
  }
  return samples;
};

export const peaksOf = (samples: Float32Array, count = 1600): number[] => {
  const step = samples.length / count;
  return Array.from({ length: count }, (_, n) => {
    let low = 0;
    let high = 0;
    for (let at = Math.floor(n * step); at < Math.floor((n + 1) * step); at++) {
      low = Math.min(low, samples[at] ?? 0);
      high = Math.max(high, samples[at] ?? 0);
    }
    return [low, high];
  }).flat();
};

export const wavOf = (samples: Float32Array): Blob => {
  const head = new DataView(new ArrayBuffer(44));
  const word = (at: number, text: string): void =>
    [...text].forEach((char, n) => head.setUint8(at + n, char.charCodeAt(0)));
  word(0, 'RIFF');
  head.setUint32(4, 36 + samples.length * 2, true);
  word(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, sampleRate, true);
  head.setUint32(28, sampleRate * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  word(36, 'data');
  head.setUint32(40, samples.length * 2, true);
  return new Blob([head.buffer, Int16Array.from(samples, (sample) => sample * 32_767).buffer], { type: 'audio/wav' });
};
