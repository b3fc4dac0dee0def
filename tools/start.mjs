// `npm start`: opens the studio, in Electron where that can run and in the browser where it cannot. Arguments go to the
// web host: `npm start -- --no-open --port 8080`.

import { onGoodNode } from './check-node.mjs';

onGoodNode(function () {
  return import('./studio/start.mjs');
});
