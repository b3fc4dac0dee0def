/** How long a call holds its place until the next may leave: what the time of a batch is reckoned from. */
export interface PlaceTime {
  /** A call that brought its take gave its place back after so long. */
  held(ms: number): void;
  /** True at the first figure, and from time to time later: then it is worth keeping. */
  readonly isWorthSaving: boolean;
  readonly learnedMs: number | null;
}
/** What a batch's time is reckoned from. */
export interface LanePaceView {
  /** Ms a call holds its place; null before the first. */
  readonly placeMs: number | null;
  readonly places: number;
  /** Calls a minute that the vendor allows; null: not limited. */
  readonly perMinute: number | null;
}

/** The newest call's weight: a vendor's bad hour shows within some twenty calls. */
const weight = 0.1;
const savedEvery = 32;

/** @param learnedMs what an earlier run learned, or null. */
export const createPlaceTime = (learnedMs: number | null): PlaceTime => {
  let mean = learnedMs;
  let seen = 0;
  return {
    held: (ms) => {
      seen += 1;
      mean = mean === null ? ms : mean + weight * (ms - mean);
    },
    get isWorthSaving() {
      return seen === 1 || seen % savedEvery === 0;
    },
    get learnedMs() {
      return mean;
    },
  };
};

/** Seconds that `calls` take; null while nothing is known. */
export const secondsOf = ({ placeMs, places, perMinute }: LanePaceView, calls: number): number | null => {
  if (calls === 0) return 0;
  if (placeMs === null) return null;
  const rounds = Math.max(1, calls / Math.max(1, places));
  // The first minute's calls may leave at once.
  const waiting = perMinute === null ? 0 : Math.max(0, (calls - perMinute) / perMinute) * 60;
  return Math.max((rounds * placeMs) / 1000, waiting + placeMs / 1000);
};
