export { type CheckArguments, type Command, commandOf, FORMATS, type Format, USAGE } from './arguments';
export { runCheck, STATUS, type Status } from './check-command';
export { run } from './run';
export type { Terminal } from './terminal';
