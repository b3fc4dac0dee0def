/** What a method is made of. */
import type { z } from 'zod';

export interface MethodShape {
  readonly kind: 'query' | 'command';
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Set where a call may lead to a charge. */
  readonly spends?: true;
}
