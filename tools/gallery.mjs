// `npm run gallery [-- --port N]`: every screen of the demo in every theme and three window sizes, as pictures in gallery/.
// Not a test: a place to look. The folder is ignored by git and written anew.

import { onGoodNode } from './check-node.mjs';

onGoodNode(async () => {
  const { writeGallery } = await import('./gallery/write.mjs');
  process.exitCode = await writeGallery();
});
