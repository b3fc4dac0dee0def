// Neither idempotency keys nor a history: whatever is lost is a question, and what stays open is what no client could decide.
import { supertoneVendor } from '#test/builders/proof-vendors.ts';
import { prove } from './prove.ts';

prove(supertoneVendor(), 300);
