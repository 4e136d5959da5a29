export { Cpu } from './cpu';
export { Duration } from './duration';
export { Memory } from './memory';
export { Percent } from './percent';
export { Rate } from './rate';
