/** A host that a text names, with its port. */
export interface NamedHost {
  readonly host: string;
  readonly port: number | undefined;
  /** As it is written, without what stands before the host and after the port. */
  readonly words: string;
}

/** Ports of what is addressed without one. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  amqp: 5672,
  http: 80,
  https: 443,
  mongodb: 27017,
  mysql: 3306,
  nats: 4222,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  rediss: 6379,
};

const BREAKS = /[\s,"'`<>()[\]{}|=]+/;
const COMMENT = /^\s*(#|;|\/\/)/;
const HOST =
  /^(?:([a-z][a-z0-9]*)(?:\+[a-z0-9]+)*:\/\/)?(?:[^/@]*@)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?(?=[/?#;]|$)/i;
/** Prefixes that wrap another address: `jdbc:postgresql://`. */
const WRAPPERS = /^(jdbc|r2dbc|tcp):(?=[a-z]+:\/\/)/i;

/** Hosts with a port or with a scheme that has one. A name alone is no address; what is commented out is none either. */
export function namedHosts(text: string): NamedHost[] {
  if (!text.includes(':')) return [];
  const lines = text.includes('\n') ? text.split('\n').filter((line) => !COMMENT.test(line)) : [text];
  const found = new Map<string, NamedHost>();
  for (const token of lines.flatMap((line) => line.split(BREAKS))) {
    if (!token.includes(':') || token.length > 300) continue;
    const [, scheme, host, port] = HOST.exec(token.replace(WRAPPERS, '')) ?? [];
    const number = port === undefined ? DEFAULT_PORTS[scheme?.toLowerCase() ?? ''] : Number(port);
    if (host === undefined || number === undefined || number < 1 || number > 65_535) continue;
    const words = `${scheme === undefined ? '' : `${scheme}://`}${host}${port === undefined ? '' : `:${port}`}`;
    found.set(words, { host, port: number, words });
  }
  return [...found.values()];
}
