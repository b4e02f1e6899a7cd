export { Shell } from './shell.tsx';
export { Unreachable } from './unreachable.tsx';
