import { directivesNamed, nginxDirectives } from '../texts/nginx-conf';
import { pgBouncerIni } from '../texts/pgbouncer-ini';
import { type NamedHost, namedHosts } from './hosts';
import type { Written } from './written';

/** A host that a workload was told to connect to. */
export interface Addressed extends NamedHost {
  readonly in: Written;
}

const POSTGRES = 5432;
const HTTP = 80;

const PASSES: readonly string[] = ['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass'];

/** Hosts in texts, each text looked through once however many workloads are given it. */
export function addressing(): (written: readonly Written[]) => readonly Addressed[] {
  const seen = new Map<string, readonly NamedHost[]>();
  const hostsIn = (text: string): readonly NamedHost[] => {
    const known = seen.get(text) ?? hostsOf(text);
    seen.set(text, known);
    return known;
  };
  return (written) => [
    ...written.flatMap((one) => hostsIn(one.text).map((host) => ({ ...host, in: one }))),
    ...paired(written),
  ];
}

/** Hosts in one text: of PgBouncer and nginx those that they connect to, of others all that look like an address. */
export function hostsOf(text: string): readonly NamedHost[] {
  const ini = text.includes('[') ? pgBouncerIni(text) : undefined;
  if (ini !== undefined)
    return [...ini.databases.values()].flatMap(({ host, port }) =>
      host === undefined ? [] : [hostAt(host, Number(port ?? POSTGRES))],
    );
  return /\b(upstream|\w+_pass)\s/.test(text) ? (ofNginx(text) ?? namedHosts(text)) : namedHosts(text);
}

/** Servers of upstreams, and what is passed on to by name. */
function ofNginx(text: string): readonly NamedHost[] | undefined {
  const directives = nginxDirectives(text);
  if (directives === undefined) return undefined;
  const upstreams = directivesNamed(directives, 'upstream');
  const names = upstreams.map(({ words }) => words[0]);
  const servers = upstreams.flatMap(({ inside }) =>
    inside.filter(({ name }) => name === 'server').flatMap(({ words: [address = ''] }) => plain(address)),
  );
  const passed = PASSES.flatMap((name) => directivesNamed(directives, name)).flatMap(({ words: [address = ''] }) => {
    const [, host = address.replace(/^\w+:\/\//, '').split(/[/:]/)[0]] = /^\w+:\/\/([^/:$]+)/.exec(address) ?? [];
    if (address.includes('$') || names.includes(host)) return [];
    return namedHosts(address);
  });
  return [...servers, ...passed];
}

function plain(address: string): NamedHost[] {
  const [, host, port] = /^([a-z0-9][a-z0-9.-]*)(?::(\d+))?$/i.exec(address) ?? [];
  return host === undefined ? [] : [hostAt(host, Number(port ?? HTTP))];
}

const hostAt = (host: string, port: number): NamedHost => ({ host, port, words: `${host}:${port}` });

/** `DB_HOST=postgres` beside `DB_PORT=5432`. */
function paired(written: readonly Written[]): Addressed[] {
  const ports = new Map(
    written
      .filter(({ name, text }) => /_PORT$/i.test(name) && /^\d{1,5}$/.test(text))
      .map(({ name, text }) => [name, text]),
  );
  return written.flatMap((one) => {
    const [, stem, ending] = /^(.*_)(HOST|HOSTNAME|ADDRESS|host)$/.exec(one.name) ?? [];
    const port = stem === undefined ? undefined : ports.get(`${stem}${ending === 'host' ? 'port' : 'PORT'}`);
    if (port === undefined || !/^[a-z0-9][a-z0-9.-]*$/i.test(one.text)) return [];
    return [{ ...hostAt(one.text, Number(port)), in: one }];
  });
}
