/** What the made-up teams of the demo produced: campaigns, each with a new edition of its script every two weeks. */
import type { DemoVendors } from '../vendors.ts';

export interface Campaign {
  readonly project: string;
  /** Who orders it; stamped on its renders. */
  readonly person: string;
  readonly path: string;
  /** How likely it is worked on, on a working day. */
  readonly chance: number;
  /** The script's text. `edition` counts from 1. */
  script(edition: number): string;
  /** CSV with a `variant` column. */
  variants(edition: number): string;
}

export const workspaceNames = {
  chosen: 'chosen-demo',
  elevenlabs: 'eleven-demo',
  supertone: 'supertone-demo',
} as const;
export const people = ['Mara (demo)', 'Jonas (demo)', 'Priya (demo)'] as const;

const cities = [
  'Austin',
  'Boise',
  'Dayton',
  'El Paso',
  'Fargo',
  'Fresno',
  'Gary',
  'Hilo',
  'Ithaca',
  'Joplin',
  'Macon',
  'Nashville',
  'Omaha',
  'Reno',
  'Salem',
  'Tulsa',
  'Vail',
  'Yuma',
  'Akron',
  'Bangor',
  'Casper',
  'Duluth',
  'Eugene',
  'Flint',
  'Galena',
  'Helena',
  'Juneau',
  'Laredo',
];
const goods = [
  'a four-burner gas grill',
  'a cordless lawn mower',
  'two potted roses',
  'a two-seat kayak',
  'a ceiling fan with light',
  'waterproof hiking boots',
  'four all-season tires',
  'a forty-quart cooler',
  'a city bike with eight gears',
  'a brass reading lamp',
  'a light rain jacket',
];
const works = [
  'The Grey Harbour',
  'Three Sisters at Noon',
  'A Winter of Glass',
  'Study of a Ferry',
  'The Lighthouse Keeper',
  'Bread and Salt',
  'Field after Rain',
  'The Blue Staircase',
];
const at = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;
const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]+/g, '-');
const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');

/** One row a city; prices and goods change with the edition. */
const shopRows = (edition: number): string =>
  table(
    ['variant', 'city', 'goods', 'price'],
    cities.map((city, row) => [
      slug(city),
      city,
      at(goods, row + edition * 5),
      `$${19 + ((edition * 37 + row * 23) % 480)}`,
    ]),
  );
const head = (title: string, cast: Readonly<Record<string, string>>, slot: number | null, language = 'en-US'): string =>
  [
    '---',
    `title: ${title}`,
    ...(slot === null ? [] : [`slot: ${slot}`]),
    `language: ${language}`,
    'cast:',
    ...Object.entries(cast).map(([character, voice]) => `  ${character}: ${voice}`),
    '---',
  ].join('\n');

export const campaignsOf = (vendors: Pick<DemoVendors, 'elevenlabs' | 'supertone'>): readonly Campaign[] => {
  const eleven = (name: string, model?: string): string => {
    const id = vendors.elevenlabs.voices().find((voice) => voice.name === name)?.voiceId ?? name;
    const reference = `${workspaceNames.elevenlabs}/${id}`;
    return model === undefined ? reference : `{voice: ${reference}, model: ${model}}`;
  };
  const tone = (name: string): string =>
    `${workspaceNames.supertone}/${vendors.supertone.voices().find((voice) => voice.name === name)?.voice_id ?? name}`;
  const chosen = (name: string): string => `${workspaceNames.chosen}/${name}`;
  return [
    {
      project: 'Harbor Home radio (demo)',
      person: people[0],
      path: 'weekend-radio',
      chance: 0.5,
      script: (
        edition,
      ) => `${head(`Weekend radio, edition ${edition} (demo)`, { ANNOUNCER: chosen('Ava'), CUSTOMER: chosen('Bruno') }, 30)}
# Opening
ANNOUNCER: This is weekend number ${edition} of the Harbor Home sale in {{city}}. [pause 300ms]
# Offer
CUSTOMER: I heard there is {{goods}} for only {{price}}?
ANNOUNCER: That is right: {{goods}}, ready to take home today.
CUSTOMER: Then I am on my way to {{city}}.
# Close
ANNOUNCER: Harbor Home, more for your money, only while stocks last in week ${edition}.
`,
      variants: shopRows,
    },
    {
      project: 'Lakeside Outfitters spots (demo)',
      person: people[1],
      path: 'lakeside-spot',
      chance: 0.55,
      script: (
        edition,
      ) => `${head(`Lakeside spot ${edition} (demo)`, { NARRATOR: eleven('Nova'), GUIDE: eleven('Mateo'), LEGAL: eleven('Rowan') }, 30)}
NARRATOR: The water in {{city}} is calling, and summer number ${edition} has only just begun.
GUIDE: Pack {{goods}}, and leave the rest to us. [pause 250ms]
NARRATOR: Now {{price}} at Lakeside Outfitters in {{city}}.
LEGAL: Offer ${edition} of the season. Terms apply, ask in store.
`,
      variants: shopRows,
    },
    {
      project: 'Rollins Auto service line (demo)',
      person: people[1],
      path: 'service-line',
      chance: 0.35,
      script: (
        edition,
      ) => `${head(`Service line ${edition} (demo)`, { CLERK: eleven('Vera Lind', 'eleven_flash_v2_5'), HOST: eleven('Northwind House Voice') }, null)}
HOST: Thank you for calling Rollins Auto in {{city}}. You are caller number ${edition} hundred today.
CLERK: This month we fit {{goods}} while you wait, for {{price}}.
CLERK: Please have the number of your car ready, and stay on the line.
`,
      variants: shopRows,
    },
    {
      project: 'Northwind Reisen (demo)',
      person: people[2],
      path: 'reisen-radio',
      chance: 0.35,
      script: (
        edition,
      ) => `${head(`Reisen Radio ${edition} (demo)`, { SPRECHER: eleven('Otto', 'eleven_flash_v2_5') }, 20, 'de-DE')}
SPRECHER: Raus aus dem Alltag, rein in die Sonne: {{ziel}} wartet auf Sie, zum ${edition}. Mal in diesem Jahr.
SPRECHER: Sieben Tage mit Frühstück, schon ab {{preis}}. [pause 300ms]
SPRECHER: Northwind Reisen. Buchen Sie bis Freitag, Angebot Nummer ${edition}.
`,
      variants: (edition) =>
        table(
          ['variant', 'ziel', 'preis'],
          ['Lissabon', 'Kreta', 'Mallorca', 'Neapel', 'Bergen', 'Madeira', 'Split', 'Zypern', 'Malta', 'Korfu'].map(
            (ziel, row) => [slug(ziel), ziel, `${249 + ((edition * 31 + row * 40) % 500)} Euro`],
          ),
        ),
    },
    {
      project: 'Aurora museum guide (demo)',
      person: people[2],
      path: 'museum-guide',
      chance: 0.3,
      script: (
        edition,
      ) => `${head(`Museum guide, room ${edition} (demo)`, { GUIDE: tone('Juniper'), CURATOR: tone('Marlow') }, null)}
GUIDE: You are standing in room ${edition}, in front of "{{work}}".
CURATOR: It was painted in {{year}}, in a single week, and nobody knows who paid for it.
GUIDE: Look at the {{detail}}. Then follow the arrows to the next room, after room ${edition}.
`,
      variants: (edition) =>
        table(
          ['variant', 'work', 'year', 'detail'],
          works.map((work, row) => [
            slug(work),
            work,
            String(1820 + ((edition * 29 + row * 17) % 150)),
            at(['small boat on the left', 'light in the window', 'hand that holds nothing', 'crack in the frame'], row),
          ]),
        ),
    },
  ];
};

/** Texts that colleagues made in the vendor's web app. */
export const webAppTexts = [
  'Testing the new voice for the autumn campaign, take one. (demo)',
  'Welcome to the Northwind town hall, everybody please find a seat. (demo)',
  'This is the hold music announcement for the second floor. (demo)',
  'Your parcel is waiting for you at the reception desk. (demo)',
  'Internal training, chapter four: what to do when the printer is on fire. (demo)',
];
