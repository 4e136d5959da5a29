import { recoverySection } from '../recovery/recovery-step';
import { closeShell, hasShell, openShell, psql } from './runbook-commands';
import type { RunbookDatabase, RunbookPlace } from './runbook-props';

const connections = (place: RunbookPlace, database: RunbookDatabase): string => {
  const { databaseName, name } = database;
  const open = `SELECT usename, state, count(*) FROM pg_stat_activity WHERE datname = '${databaseName}' GROUP BY usename, state ORDER BY count(*) DESC`;
  const others = `FROM pg_stat_activity WHERE datname = '${databaseName}' AND pid <> pg_backend_pid()`;
  return recoverySection(
    `Connections to ${name}`,
    `Draining is letting them end; only what is left is cut off. Of \`${databaseName}\`, not of \`postgres\`: nobody works there but you.`,
    [
      ...(openShell(place, database).length === 0
        ? []
        : [{ what: 'Get a pod that may speak to it, for an hour.', run: openShell(place, database) }]),
      { what: 'See who is connected.', run: [psql(place, database, open)] },
      {
        what: 'Let nobody else in. Services then fail their requests: stop or limit those that can wait first.',
        run: [psql(place, database, `ALTER DATABASE ${databaseName} WITH ALLOW_CONNECTIONS false`)],
      },
      {
        what: 'End what is idle, and give the rest a minute.',
        run: [psql(place, database, `SELECT pg_terminate_backend(pid) ${others} AND state = 'idle'`), 'sleep 60'],
      },
      { what: 'Cut off the rest.', run: [psql(place, database, `SELECT pg_terminate_backend(pid) ${others}`)] },
      {
        what: 'Do the work, and let everybody in again.',
        run: [
          psql(place, database, `ALTER DATABASE ${databaseName} WITH ALLOW_CONNECTIONS true`),
          ...(database.runs === 'rds' ? closeShell(place, database) : []),
        ],
      },
    ],
  );
};

/** Nobody in the cluster is its master. */
const elsewhere = ({ name }: RunbookDatabase): string[] => [
  `## Connections to ${name}`,
  '',
  'It follows another database and takes no writes; its connections end with the pods that hold them.',
  '',
];

/** How connections to a database are let end before it is worked on. */
export const drainedConnections = (place: RunbookPlace, database: RunbookDatabase): string[] =>
  hasShell(database) ? [connections(place, database)] : elsewhere(database);
