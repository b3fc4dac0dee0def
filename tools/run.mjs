// `node tools/run.mjs <file or package> [arguments]` runs a file of this repository, or the command of an installed
// package, on a Node that is new enough. Every npm script goes through here or through check-node.mjs itself.

import { onGoodNode } from './check-node.mjs';

onGoodNode(function () {
  return import('./run-target.mjs');
});
