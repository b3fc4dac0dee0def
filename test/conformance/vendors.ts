/** The vendors that publish an OpenAPI file, and where their files are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const vendors = ['elevenlabs', 'supertone'] as const;
export type Vendor = (typeof vendors)[number];

const variables = { elevenlabs: 'CUEBOOTH_ELEVENLABS_SPEC', supertone: 'CUEBOOTH_SUPERTONE_SPEC' } as const;
const repository = fileURLToPath(new URL('../../', import.meta.url));

export type SpecificationFile = { readonly path: string } | { readonly whyNot: string };

/** From the environment, else beside the repository. */
export const findFile = (vendor: Vendor): SpecificationFile => {
  const variable = variables[vendor];
  const chosen = process.env[variable] ?? '';
  if (chosen !== '') return { path: chosen };
  const usual = join(repository, '..', 'shared', 'openapi', `${vendor}.json`);
  return existsSync(usual)
    ? { path: usual }
    : { whyNot: `no file of ${vendor}: ${variable} is not set, and there is no ../shared/openapi/${vendor}.json` };
};
