// No idempotency keys, but a history: a question is only honest where the vendor has no record of the call.
import { elevenLabsVendor } from '#test/builders/proof-vendors.ts';
import { prove } from './prove.ts';

prove(elevenLabsVendor(), 200);
