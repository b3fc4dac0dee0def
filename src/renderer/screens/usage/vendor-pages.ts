/** Where a person manages an account at its vendor; a vendor whose page is not public has none. */
import type { ProviderId } from '#contract/entities.ts';

export const vendorPages: Readonly<Partial<Record<ProviderId, string>>> = {
  elevenlabs: 'https://elevenlabs.io/app/subscription',
  supertone: 'https://docs.supertoneapi.com/en/docs/production/cost-and-usage',
};
