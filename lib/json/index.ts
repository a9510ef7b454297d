export { fieldErrors, parseInput } from './parse-input.ts';
export { pointerOf } from './pointer.ts';
export { checkJson, maxJsonDepth, maxJsonKeys, parseJson, textProblem } from './safe-json.ts';
