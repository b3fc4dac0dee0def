/** Synthetic audio for the measuring tests. */
export interface Tone {
  readonly hz: number;
  readonly dbfs: number;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Radians at the first sample. */
  readonly phase?: number;
}

export const tone = ({ hz, dbfs, seconds, sampleRate, channels, phase = 0 }: Tone): readonly Float32Array[] => {
  const amplitude = 10 ** (dbfs / 20);
  const plane = Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate + phase),
  );
  return Array.from({ length: channels }, () => plane);
};

export const concat = (...pieces: readonly (readonly Float32Array[])[]): readonly Float32Array[] =>
  (pieces[0] ?? []).map((_, channel) => {
    const planes = pieces.map((piece) => piece[channel] ?? new Float32Array(0));
    const whole = new Float32Array(planes.reduce((sum, plane) => sum + plane.length, 0));
    let at = 0;
    for (const plane of planes) {
      whole.set(plane, at);
      at += plane.length;
    }
    return whole;
  });

export interface RawWav {
  readonly format: number;
  readonly bits: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly data: Uint8Array;
  /** Written in the header instead of the real size. */
  readonly dataSize?: number;
  readonly riffSize?: number;
  /** Chunks between the format and the samples: [id, bytes]. */
  readonly chunks?: readonly (readonly [string, Uint8Array])[];
  readonly extensible?: boolean;
}

/** A RIFF file written by hand, so that the reader is not checked with our own writer. */
export const rawWav = (wav: RawWav): Uint8Array => {
  const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
  const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
  const tag = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0));
  const frameBytes = (wav.channels * wav.bits) / 8;
  const fmt = [
    ...u16(wav.extensible ? 0xfffe : wav.format),
    ...u16(wav.channels),
    ...u32(wav.sampleRate),
    ...u32(wav.sampleRate * frameBytes),
    ...u16(frameBytes),
    ...u16(wav.bits),
    ...(wav.extensible
      ? [...u16(22), ...u16(wav.bits), ...u32(0), ...u16(wav.format), ...Array.from({ length: 14 }, () => 0)]
      : []),
  ];
  const between = (wav.chunks ?? []).flatMap(([id, bytes]) => [
    ...tag(id),
    ...u32(bytes.length),
    ...bytes,
    ...(bytes.length % 2 === 1 ? [0] : []),
  ]);
  const body = [
    ...tag('WAVEfmt '),
    ...u32(fmt.length),
    ...fmt,
    ...between,
    ...tag('data'),
    ...u32(wav.dataSize ?? wav.data.length),
  ];
  return Uint8Array.from([...tag('RIFF'), ...u32(wav.riffSize ?? body.length + wav.data.length), ...body, ...wav.data]);
};
