import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildEstimate } from '#engine/scripts/estimate.ts';
import { expand } from '#engine/scripts/expand.ts';
import { createForecaster } from '#engine/scripts/forecast.ts';
import { printScript } from '#engine/scripts/parsed-script.ts';
import { parseVariants } from '#engine/scripts/parse-variants.ts';
import { orderOf } from './expansion-fixture.ts';

const folder = new URL('../../../resources/sample/', import.meta.url);
const source = readFileSync(new URL('spring-sale.cue.txt', folder), 'utf8');
const { script } = orderOf(source);
const table = parseVariants(readFileSync(new URL('spring-sale.csv', folder)), script.variables, script.characters);
const items = [...expand(orderOf(source, { variants: table.variants }))];

describe('the bundled campaign', () => {
  it('reads without a problem: four speakers and 24 variants', () => {
    expect([...script.problems, ...table.problems]).toEqual([]);
    expect(script.characters).toEqual(['ANNOUNCER', 'CUSTOMER', 'CLERK', 'LEGAL']);
    expect(table.variants).toHaveLength(24);
    expect(printScript(script)).toBe(source);
  });
  it('shows the price of lines that variants share', () => {
    const distinct = new Set(items.map(({ recipeHash }) => recipeHash)).size;
    expect(items).toHaveLength(24 * script.lines.length);
    expect(items.every(({ parts }) => parts.length === 1)).toBe(true);
    expect(distinct).toBeLessThan(items.length * 0.7);
  });
  it('fits its slot but for two variants that clearly overrun', () => {
    const { forecasts } = buildEstimate(items, {
      slotSeconds: script.slotSeconds,
      forecaster: createForecaster(new Map()),
      problems: [],
      takeNumbers: () => [1],
      ownership: () => 'fresh',
      workspace: () => ({ name: 'scratch', provider: 'scratch', isFree: true }),
      credits: () => 0,
    });
    expect(forecasts.filter(({ fit }) => fit !== 'fits').map(({ variant, fit }) => [variant, fit])).toEqual([
      ['macon-mattress', 'overruns'],
      ['tulsa-battery', 'overruns'],
    ]);
  });
});
