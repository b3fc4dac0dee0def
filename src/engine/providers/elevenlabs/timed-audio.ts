/**
 * Audio out of an answer with timestamps: a JSON object with the audio as base64 in one field and the times beside it.
 * The audio is handed on while it arrives; only the rest is kept, and read when the object is closed. An object that
 * never closes is an error, also when its audio was whole: the engine then fetches it again, free.
 */
import type { Timings } from '#contract/history.ts';
import { createBase64Decoder } from './base64.ts';
import { type Alignments, readAnswer, SpokenTimes } from './schema.ts';

const audioField = 'audio_base64';
/** Times of 40,000 characters take some 3 MB; more than this is not kept, the audio counts. */
const restLimitBytes = 32_000_000;
const quote = 0x22;
const backslash = 0x5c;
const slash = 0x2f;
const colon = 0x3a;
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Times of characters out of the vendor's alignments: those of the text as it was sent, else of the normalised one. */
export const timingsOf = (times: Alignments | null | undefined): Timings | null => {
  const found = times?.alignment ?? times?.normalized_alignment ?? null;
  if (found === null) return null;
  const { characters, character_start_times_seconds: starts, character_end_times_seconds: ends } = found;
  if (characters.length !== starts.length || characters.length !== ends.length) return null;
  return { unit: 'characters', symbols: characters, startSeconds: starts, endSeconds: ends };
};

/** Base64 has one letter that JSON may escape, and some writers do: `/` as `\/`. Null for any other escape. */
const createUnescaper = () => {
  let isEscaped = false;
  return {
    push(letters: Uint8Array): Uint8Array | null {
      if (!isEscaped && !letters.includes(backslash)) return letters;
      const plain = new Uint8Array(letters.length);
      let length = 0;
      for (const byte of letters) {
        if (isEscaped && byte !== slash) return null;
        isEscaped = !isEscaped && byte === backslash;
        if (isEscaped) continue;
        plain[length] = byte;
        length += 1;
      }
      return plain.subarray(0, length);
    },
    isOpen: () => isEscaped,
  };
};

export interface TimedAudio {
  readonly body: AsyncIterable<Uint8Array>;
  /** Null before the body was read to its end, and where no times came. */
  readonly timings: () => Timings | null;
}

/** `broken` makes the error for what is wrong: `cut off`, `not JSON`, or the name of the field that is missing. */
export const readTimedAudio = (source: AsyncIterable<Uint8Array>, broken: (what: string) => Error): TimedAudio => {
  let timings: Timings | null = null;

  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    const decoder = createBase64Decoder();
    const escapes = createUnescaper();
    const utf8 = new TextDecoder('utf-8');
    let rest = '';
    let restBytes = 0;
    let depth = 0;
    let isClosed = false;
    let inString = false;
    let isEscaped = false;
    let inAudio = false;
    let seenAudio = false;
    /** Of the object itself: the last string, whether it stood before a colon, and whether a value comes now. */
    let word = '';
    let isAfterWord = false;
    let isAfterAudioName = false;

    const keep = (bytes: Uint8Array): void => {
      restBytes += bytes.length;
      if (restBytes <= restLimitBytes) rest += utf8.decode(bytes, { stream: true });
    };
    /** What is inside a string of the object, to know its names; ours has no escapes. */
    const spell = (byte: number): void => {
      if (depth === 1 && word.length <= audioField.length) word += String.fromCharCode(byte);
    };

    for await (const chunk of source) {
      let from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at] ?? 0;
        if (inAudio) {
          const end = chunk.indexOf(quote, at);
          const piece = escapes.push(chunk.subarray(at, end === -1 ? chunk.length : end));
          const bytes = piece === null ? null : decoder.push(piece);
          if (bytes === null || (end !== -1 && escapes.isOpen())) throw broken(audioField);
          if (bytes.length > 0) yield bytes;
          at = end === -1 ? chunk.length : end;
          from = at;
          if (end !== -1) inAudio = false;
          continue;
        }
        if (inString) {
          if (isEscaped) isEscaped = false;
          else if (byte === backslash) isEscaped = true;
          else if (byte === quote) {
            inString = false;
            isAfterWord = depth === 1;
            continue;
          }
          spell(byte);
          continue;
        }
        if (isBlank(byte)) continue;
        if (isClosed || (depth === 0 && byte !== 0x7b)) throw broken('not JSON');
        if (byte === quote) {
          if (isAfterAudioName) {
            keep(chunk.subarray(from, at + 1));
            from = at + 1;
            inAudio = true;
            seenAudio = true;
            isAfterAudioName = false;
            continue;
          }
          inString = true;
          word = '';
          isAfterWord = false;
          continue;
        }
        isAfterAudioName = byte === colon && isAfterWord && word === audioField && !seenAudio;
        isAfterWord = false;
        if (byte === 0x7b || byte === 0x5b) depth += 1;
        if (byte === 0x7d || byte === 0x5d) {
          depth -= 1;
          isClosed = depth === 0;
        }
      }
      if (!inAudio && from < chunk.length) keep(chunk.subarray(from));
    }
    if (!isClosed) throw broken('cut off');
    if (!seenAudio || !decoder.isComplete()) throw broken(audioField);
    if (restBytes > restLimitBytes) return;
    rest += utf8.decode();
    const reading = readAnswer(SpokenTimes, rest);
    if (!reading.ok && reading.missing === '') throw broken('not JSON');
    timings = reading.ok ? timingsOf(reading.value) : null;
  }

  return { body: { [Symbol.asyncIterator]: read }, timings: () => timings };
};
