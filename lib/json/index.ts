export { parseInput } from './parse-input.ts';
export { parseJson, textProblem } from './safe-json.ts';
