import { commandOf, USAGE } from './arguments';
import { runCheck } from './check-command';
import { runFit } from './fit-command';
import { STATUS, type Status } from './given';
import type { Terminal } from './terminal';

/** Runs a command line. Files are all that it knows of the machine beside what it is given. */
export function run(words: readonly string[], version: () => string, terminal: Terminal): Status {
  const command = commandOf(words);
  switch (command.name) {
    case 'help':
      terminal.write(USAGE);
      return STATUS.fine;
    case 'version':
      terminal.write(`${version()}\n`);
      return STATUS.fine;
    case 'wrong':
      terminal.complain(`headroom: ${command.why}\n\n${USAGE}`);
      return STATUS.misunderstood;
    case 'check':
      return runCheck(command.given, terminal);
    case 'fit':
      return runFit(command.given, terminal);
  }
}
