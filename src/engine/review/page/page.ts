/** The client's page as one HTML file: no network, no build step, and nothing in it but what is written here. */
import { pageScript } from './script.ts';
import { pageStyle } from './style.ts';
import { pageWords } from './words.ts';

export interface PackedTake {
  /** The take's id, given back with the answer. */
  readonly id: string;
  readonly number: number;
  readonly character: string;
  readonly text: string;
  /** The first few that say it. */
  readonly variants: readonly string[];
  readonly variantCount: number;
  /** Places in `spots`. */
  readonly spots: readonly number[];
  /** Relative to the page. */
  readonly file: string;
  readonly durationMs: number;
  /** One sign for each stretch, `A` silent to `_` full. */
  readonly peaks: string;
}
export interface PackedReview {
  readonly packageId: string;
  readonly fileName: string;
  readonly title: string;
  readonly note: string;
  /** Names of the variants. */
  readonly spots: readonly string[];
  readonly takes: readonly PackedTake[];
}

/** JSON that cannot end the element it stands in. */
const embedded = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const reviewPage = (review: PackedReview): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; media-src 'self' file:">
<title>${escaped(review.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<script type="application/json" id="package">${embedded(review)}</script>
<script type="application/json" id="words">${embedded(pageWords)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
