/** Which variant a preview shows, and how many others say the same. */
import type { Variant } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { countVariants, getVariantPlace, pageVariants } from '../database/scripts.ts';
import { type ExpandInput, selectVariants } from '../scripts/expansion.ts';
import { createShareCount, kindKey, type LineKind } from '../scripts/line-outlooks.ts';
import type { ParsedScript } from '../scripts/parsed-script.ts';
import type { EngineContext } from './context.ts';

/** Longest work without letting others run, in ms. */
const sliceMs = 5;
const variantsPerPage = 400;

/** To be awaited between pieces of work; lets others run when it is their turn. */
export const breather = ({ clock }: EngineContext['ports']) => {
  let started = clock.monotonic();
  return async (): Promise<void> => {
    if (clock.monotonic() - started < sliceMs) return;
    await clock.breathe();
    started = clock.monotonic();
  };
};

/** The variant to show, its place, and how many there are. */
export const variantOf = (context: EngineContext, scriptId: string, name: string | undefined, index: number) => {
  const { database } = context.ports;
  const count = countVariants(database, scriptId);
  if (count === 0) {
    const [only] = selectVariants([], undefined).variants;
    if (only === undefined) throw new AppError('internal', 'A script without a table has no variant.');
    return { variant: only, index: 0, count: 1 };
  }
  const place =
    (name === undefined ? null : getVariantPlace(database, scriptId, { name, index: 0 })) ??
    getVariantPlace(database, scriptId, { name: null, index }) ??
    getVariantPlace(database, scriptId, { name: null, index: 0 });
  if (place === null) throw new AppError('not_found', 'The variants were changed meanwhile. Ask again.');
  return { ...place, count };
};

const kindsOf = (parsed: Pick<ParsedScript, 'lines'>): readonly LineKind[] => [
  ...new Map(parsed.lines.map((line) => [kindKey(line), line])).values(),
];

/** How many variants share each kind of line, a page of the table at a time. */
export const countShares = async (
  context: EngineContext,
  scriptId: string,
  parsed: ParsedScript,
  shown: Variant,
  input: ExpandInput,
): Promise<ReadonlyMap<string, number>> => {
  const shares = createShareCount(kindsOf(parsed), shown, input);
  const breathe = breather(context.ports);
  for (let after: { readonly key: number; readonly row: number } | null = { key: -1, row: 0 }; after !== null; ) {
    const page: ReturnType<typeof pageVariants> = pageVariants(
      context.ports.database,
      scriptId,
      after,
      variantsPerPage,
    );
    for (const variant of page.variants) {
      shares.add(variant);
      await breathe();
    }
    after = page.next;
    await breathe();
  }
  return shares.counts();
};
