/** A worker that dies, hangs, or answers, as the task's path says. */
import { parentPort, threadId } from 'node:worker_threads';

parentPort?.on('message', ({ id, task }: { id: number; task: { path: string } }) => {
  if (task.path === 'throw') throw new Error('out of luck');
  if (task.path === 'exit') process.exit(7);
  if (task.path === 'hang') for (;;);
  parentPort?.postMessage({ id, ok: true, result: threadId });
});
