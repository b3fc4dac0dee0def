// `npm run dev`: the renderer with hot reload over a live engine. Arguments go to the web host.

import { onGoodNode } from './check-node.mjs';

onGoodNode(function () {
  return import('./studio/dev.mjs');
});
