export { type CheckArguments, type Command, commandOf, FORMATS, type Format, USAGE } from './arguments';
export { runCheck } from './check-command';
export { runFit } from './fit-command';
export { STATUS, type Status } from './given';
export { run } from './run';
export type { Terminal } from './terminal';
