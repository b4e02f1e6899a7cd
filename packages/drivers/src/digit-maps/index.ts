export { compileDialPlan, type Compiled, type CompileOptions, PROTECTED_WAIT_MAX_MS } from './compile/compile.ts';
export { COMPILE_CODES, type CompileCode, type CompileFinding } from './compile/findings.ts';
export { evaluateDigitMap, type Evaluated, type MapDialling } from './evaluate.ts';
export { DIGIT_MAP_LANGUAGES, type DigitMap, type DigitMapLanguage } from './map.ts';
export type { MapError } from './shared/reader.ts';
export { dialOn, emergencyGate, emergencyGateOfChange, type MappedPort } from './gate.ts';
