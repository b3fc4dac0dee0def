/**
 * Bodies of audio as files that can be played. The vendor's PCM is 16-bit mono without a header (VENDORS C.4) and is
 * given one here; what its history serves of a PCM call may be MP3 or WAV all the same, so the bytes are looked at, not
 * the content type, which says audio/mpeg for everything.
 */

const headBytes = 44;
/** For a length nobody knows yet; readers of WAV take it for "to the end". */
const streamed = 0xffffffff;
/** Enough for two MP3 frames of any kind. */
const lookBytes = 4096;

/** Samples a second of a headerless format such as `pcm_44100`; null for formats that are files. */
export const pcmRateOf = (format: string): number | null => {
  const rate = /^pcm_(\d{4,6})$/.exec(format)?.[1];
  return rate === undefined ? null : Number(rate);
};

const wavHead = (sampleRate: number, dataBytes: number | null): Uint8Array => {
  const head = new Uint8Array(headBytes);
  const view = new DataView(head.buffer);
  const tag = (at: number, text: string): void => {
    for (let i = 0; i < text.length; i += 1) head[at + i] = text.charCodeAt(i);
  };
  tag(0, 'RIFF');
  view.setUint32(4, dataBytes === null ? streamed : headBytes - 8 + dataBytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes ?? streamed, true);
  return head;
};

const kbits = {
  first: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  second: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
/** Bytes of the MPEG layer III frame at `at`; 0 where none begins. */
const frameBytes = (bytes: Uint8Array, at: number): number => {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
  const version = (b >> 3) & 3;
  if (a !== 0xff || (b & 0xe0) !== 0xe0 || version === 1 || ((b >> 1) & 3) !== 1) return 0;
  const rate = ([44_100, 48_000, 32_000] as const)[(c >> 2) & 3] ?? 0;
  const isFirst = version === 3;
  const bitrate = (isFirst ? kbits.first : kbits.second)[c >> 4] ?? 0;
  if (rate === 0 || bitrate === 0) return 0;
  const samples = isFirst ? 144_000 : 72_000;
  const hertz = isFirst ? rate : rate / (version === 2 ? 2 : 4);
  return Math.floor((samples * bitrate) / hertz) + ((c >> 1) & 1);
};

/** Whether it is a file already. One MP3 header may be chance among samples, two in a row are not. */
const isFile = (head: Uint8Array): boolean => {
  const start = String.fromCharCode(...head.subarray(0, 4));
  if (start === 'RIFF' || start === 'RF64' || start === 'fLaC' || start === 'OggS' || start.startsWith('ID3'))
    return true;
  const first = frameBytes(head, 0);
  return first > 0 && (head.length < first + 3 || frameBytes(head, first) > 0);
};

/** `sampleRate` null: the body as it is. `dataBytes`: of the whole body, where the answer tells. */
export const playable = (
  body: AsyncIterable<Uint8Array>,
  sampleRate: number | null,
  dataBytes: number | null,
): AsyncIterable<Uint8Array> => {
  if (sampleRate === null) return body;
  async function* read(rate: number): AsyncGenerator<Uint8Array, void, undefined> {
    let held: Uint8Array[] = [];
    let heldBytes = 0;
    let isDecided = false;
    const decide = function* (): Generator<Uint8Array, void, undefined> {
      isDecided = true;
      const head = new Uint8Array(heldBytes);
      let at = 0;
      for (const piece of held) {
        head.set(piece, at);
        at += piece.length;
      }
      held = [];
      if (head.length === 0) return;
      if (!isFile(head)) yield wavHead(rate, dataBytes);
      yield head;
    };
    for await (const chunk of body) {
      if (isDecided) {
        yield chunk;
        continue;
      }
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes >= lookBytes) yield* decide();
    }
    if (!isDecided) yield* decide();
  }
  return { [Symbol.asyncIterator]: () => read(sampleRate) };
};
