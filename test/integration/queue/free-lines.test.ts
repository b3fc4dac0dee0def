// What costs nothing goes on when a render has spent what it may.
import { afterEach, expect, it } from 'vitest';
import { registryOf } from '#engine/providers/registry.ts';
import { createHistoryVendor } from '#test/builders/history-vendor.ts';
import { createScratch } from '#engine/providers/scratch/adapter.ts';
