/** What the fake library holds: words a producer would recognise. */
import type { Voice } from '#contract/voices.ts';

export const springSale = `---
title: Spring sale
slot: 30
language: en-US
cast:
  ANNOUNCER: scratch/slt
  CUSTOMER: scratch/rms
  LEGAL: scratch/awb
---
# Opening
ANNOUNCER: Spring is here at {{store}} in {{city}}. [pause 400ms]
CUSTOMER (surprised): {{product}} for only {{price}}?
ANNOUNCER: That is right. {{product}}, {{price}}, while stocks last.

// The client wants a smile in this one.
CUSTOMER (laughing): Then what are we waiting for? [pause 250ms] Save me a parking space.
ANNOUNCER: Only until {{end_date}}. {{store}}, more for your money.
LEGAL {speed: 1.15}: Offer ends {{end_date}}. Subject to availability. Terms apply{{region|""}}.
`;

export const stationIdent = `---
title: Station ident
slot: 15
language: en-GB
cast:
  VOICE: agency/morgan
---
VOICE: You are listening to {{station}}, on {{frequency}}. [pause 300ms]
VOICE (low): All night long.
`;

export const brokenScript = `---
title: Autumn tyres
slot: 20
cast:
  MECHANIC: scratch/kal
---
MECHANIC: Winter comes early in {{city. Bring the car in.
DRIVER: How much is {{offer}}? [pause soon]
MECHANIC: Less than the tow truck.
`;

const cities = [
  'Bristol',
  'Leicester',
  'Leeds',
  'Norwich',
  'York',
  'Cardiff',
  'Glasgow',
  'Derby',
  'Exeter',
  'Hull',
  'Bath',
  'Oxford',
  'Newcastle upon Tyne',
  'Stoke-on-Trent',
  'Kingston upon Thames',
  'Luton',
  'Reading',
  'Preston',
  'Swansea',
  'Dundee',
  'Belfast',
  'Lincoln',
  'Poole',
  'Durham',
];
const stores = ['Hartley Home', 'Garden & Co', 'Bright Kitchens'];
const products = [
  'A six-piece patio set',
  'Forty litres of potting soil',
  'The Aurora espresso machine',
  'A cordless hedge trimmer',
];
const prices = ['£49', '£7.99', '£219', '£89.50'];
const dates = ['Sunday', 'the thirtieth of April', 'bank holiday Monday'];

export const springColumns = ['variant', 'city', 'store', 'product', 'price', 'end_date', 'region'];

export const springRow = (n: number): Record<string, string> => ({
  city: `${cities[n % cities.length]}${n < cities.length ? '' : ` ${Math.floor(n / cities.length)}`}`,
  store: stores[n % stores.length] as string,
  product: products[(n * 5) % products.length] as string,
  price: n === 16 ? '' : (prices[(n * 5) % prices.length] as string),
  end_date: dates[n % dates.length] as string,
  region: n % 6 === 0 ? ' in Scotland' : '',
});
export const variantName = (n: number): string =>
  `${String(n + 1).padStart(n > 998 ? 5 : 2, '0')}_${(springRow(n)['city'] as string).toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

export const voices = [
  ['scratch', 'slt', 'Slt', 'en-US', 'female', 'Clear, measured; flite'],
  ['scratch', 'rms', 'Rms', 'en-US', 'male', 'Low, even; flite'],
  ['scratch', 'awb', 'Awb', 'en-GB', 'male', 'Scottish; flite'],
  ['scratch', 'kal', 'Kal', 'en-US', 'male', 'Thin, quick; flite, 8 kHz'],
  ['scratch', 'kal16', 'Kal 16', 'en-US', 'male', 'Kal at 16 kHz; flite'],
  ['scratch', 'espeak-de', 'German', 'de', 'male', 'espeak-ng of this computer'],
  ['scratch', 'espeak-fr', 'French', 'fr', 'female', 'espeak-ng of this computer'],
  ['agency', 'morgan', 'Morgan', 'en-GB', 'male', 'Warm, late-night radio'],
  ['agency', 'ines', 'Inês', 'pt-PT', 'female', 'Bright, retail'],
  ['agency', 'juno', 'Juno', 'en-US', 'neutral', 'Dry, product explainers'],
] as const;

/** One voice at twice the rate, one that is withdrawn soon, one that is gone. */
export const standing = (voiceId: string): Pick<Voice, 'availability' | 'noticeEndsAt' | 'priceMultiplier'> => ({
  availability: voiceId === 'ines' ? 'notice' : voiceId === 'juno' ? 'gone' : 'available',
  noticeEndsAt: voiceId === 'ines' ? Date.now() + 21 * 86_400_000 : null,
  priceMultiplier: voiceId === 'morgan' ? 2 : null,
});
