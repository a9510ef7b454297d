/** `npm run dev`: as `npm start`, with web and worker that follow changes of the source and write on the screen. */
import { supervise } from './start/supervise.ts';

await supervise('dev');
