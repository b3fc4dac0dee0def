import type { Page } from '@playwright/test';
import { createHistory, createTakeSheet } from './history.ts';
import { createRenders } from './renders.ts';
import { createReview } from './review.ts';
import { createScripts } from './scripts.ts';
import { createSettings } from './settings.ts';
import { createShell } from './shell.ts';
import { createUsage } from './usage.ts';
import { createVoices } from './voices.ts';

/** Every room of the studio, as a person finds it. */
export const createPages = (page: Page) => ({
  shell: createShell(page),
  scripts: createScripts(page),
  renders: createRenders(page),
  review: createReview(page),
  usage: createUsage(page),
  history: createHistory(page),
  take: createTakeSheet(page),
  voices: createVoices(page),
  settings: createSettings(page),
});

/** A short campaign, so that a spec does not wait for the whole sample. */
export const shortScript = `---
title: Open day
slot: 10
language: en-US
cast:
  HOST: scratch/slt
  GUEST: scratch/rms
---
HOST: Welcome to {{city}}. [pause 300ms]
GUEST: See you on {{day}}.
`;

export const shortVariants = `variant,city,day
leeds,Leeds,Monday
york,York,Monday
hull,Hull,Friday
`;
