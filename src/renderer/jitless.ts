/** Imported before any schema is made: compiled validators need eval, which the page's content security policy refuses. */
import { z } from 'zod';

z.config({ jitless: true });
