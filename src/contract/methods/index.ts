/** Every method by name: types, validation, client, CLI help and tests derive from this object. */
import type { z } from 'zod';
import { accountMethods } from './account.ts';
import { historyMethods } from './history.ts';
import { libraryMethods } from './library.ts';
import { preferenceMethods } from './preference.ts';
import { projectMethods } from './project.ts';
import { queueMethods } from './queue.ts';
import { renderMethods } from './render.ts';
import { reviewMethods } from './review.ts';
import { scriptMethods } from './script.ts';
import { takeMethods } from './take.ts';
import { variantMethods } from './variant.ts';
import { voiceMethods } from './voice.ts';
import { workspaceMethods } from './workspace.ts';

export const methods = {
  ...libraryMethods,
  ...workspaceMethods,
  ...voiceMethods,
  ...projectMethods,
  ...scriptMethods,
  ...variantMethods,
  ...renderMethods,
  ...queueMethods,
  ...takeMethods,
  ...accountMethods,
  ...historyMethods,
  ...reviewMethods,
  ...preferenceMethods,
} as const;
export type Methods = typeof methods;
export type MethodName = keyof Methods;
/** What a caller may leave out has a default. */
export type MethodInput<N extends MethodName> = z.input<Methods[N]['input']>;
export type ParsedInput<N extends MethodName> = z.output<Methods[N]['input']>;
export type MethodOutput<N extends MethodName> = z.output<Methods[N]['output']>;
/** What a handler returns: before output validation. */
export type HandlerOutput<N extends MethodName> = z.input<Methods[N]['output']>;
