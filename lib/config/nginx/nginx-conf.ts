import { type LimitPlan, type NginxProxyPlan, shareOfLimit } from '../../model/nginx/nginx-proxy';
import { forwardedProto, requestHeaders } from './nginx-location';
import { HEADER_STATE, requiredHeaderMaps } from './nginx-required-header';
import { metricsServer, statusServer, trafficServers } from './nginx-server';
import type { ServerSource, Surroundings } from './nginx-servers';
import { type Block, block, comment, type Entry, print, quoted } from './nginx-text';
import { upstreamBlock } from './nginx-upstream';
import { headerVariable, nginxSize } from './nginx-values';

/** Fields of an access log line. The query is left out: it is where clients leave secrets. */
const LOG_FIELDS: Readonly<Record<string, string>> = {
  time: '$time_iso8601',
  request_id: '$request_id',
  client: '$remote_addr',
  method: '$request_method',
  host: '$host',
  path: '$uri',
  status: '$status',
  bytes_sent: '$bytes_sent',
  seconds: '$request_time',
  upstream: '$upstream_addr',
  upstream_status: '$upstream_status',
  upstream_seconds: '$upstream_response_time',
  limit: '$limit_req_status',
};

const logFormat = ({ requiredHeader }: NginxProxyPlan): string =>
  `log_format json escape=json '{${Object.entries({
    ...LOG_FIELDS,
    ...(requiredHeader && { required_header: HEADER_STATE }),
  })
    .map(([name, variable]) => `"${name}":"${variable}"`)
    .join(',')}}'`;

const scratchPaths = (folder: string): string[] =>
  ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind}`);

/** The client's address and scheme, from the last proxy that is trusted. */
function clientIdentity({ trustedProxies, addressHeader }: NginxProxyPlan): Entry[] {
  if (trustedProxies.length === 0) return [];
  return [
    ...trustedProxies.map((range) => `set_real_ip_from ${range}`),
    `real_ip_header ${addressHeader}`,
    'real_ip_recursive on',
    block('geo $realip_remote_addr $is_trusted_proxy', ['default 0', ...trustedProxies.map((range) => `${range} 1`)]),
    block('map "$is_trusted_proxy $http_x_forwarded_proto" $forwarded_proto', [
      'default $scheme',
      '"1 http" http',
      '"1 https" https',
    ]),
  ];
}

function limitZone(limit: LimitPlan, replicas: number): Entry[] {
  const { name, key, rate, burst, zoneSize } = limit;
  const share = shareOfLimit(limit, replicas).rate.inPerMinute;
  const zone = (variable: string) => `limit_req_zone ${variable} zone=${name}:${nginxSize(zoneSize)} rate=${share}r/m`;
  const declared = comment(`${name}: ${rate} and a burst of ${burst} a client, shared by ${replicas} proxies`);
  if (key === 'client-address') return [declared, zone('$binary_remote_addr')];
  const header = headerVariable(key.header);
  return [
    block(`map ${header} $limit_key_${name}`, [`default ${header}`, '"" $binary_remote_addr']),
    declared,
    zone(`$limit_key_${name}`),
  ];
}

function limits({ limits: all }: NginxProxyPlan, replicas: number): Entry[] {
  return all.length === 0
    ? []
    : [...all.flatMap((limit) => limitZone(limit, replicas)), 'limit_req_status 429', 'limit_req_log_level warn'];
}

const responseHeaders = ({ headers }: NginxProxyPlan): string[] => [
  'proxy_hide_header X-Powered-By',
  ...Object.keys(headers).map((name) => `proxy_hide_header ${name}`),
  ...Object.entries(headers).map(([name, value]) => `add_header ${name} ${quoted(value)} always`),
];

const compression = ({ compressedTypes }: NginxProxyPlan): string[] =>
  compressedTypes.length === 0
    ? []
    : [
        'gzip on',
        'gzip_proxied any',
        'gzip_min_length 1024',
        'gzip_vary on',
        `gzip_types ${compressedTypes.join(' ')}`,
      ];

const upgradeMap = ({ routes }: NginxProxyPlan): Block[] =>
  routes.some(({ webSocket = false }) => webSocket)
    ? [block('map $http_upgrade $connection_upgrade', ['default upgrade', '"" ""'])]
    : [];

const resolver = (source: ServerSource): string[] =>
  source.from !== 'mesh' && source.resolver !== undefined
    ? [`resolver ${source.resolver} valid=10s ipv6=off`, 'resolver_timeout 5s']
    : [];

function http(plan: NginxProxyPlan, source: ServerSource, { replicas, scratchPath }: Required<Surroundings>): Block {
  const context = { plan, source, replicas };
  return block('http', [
    'default_type text/plain',
    'server_tokens off',
    'server_names_hash_bucket_size 512',
    logFormat(plan),
    'access_log /dev/stdout json',
    ...scratchPaths(scratchPath),
    `client_max_body_size ${nginxSize(plan.maxBody)}`,
    'client_header_timeout 10s',
    'client_body_timeout 30s',
    'send_timeout 30s',
    'reset_timedout_connection on',
    `keepalive_timeout ${plan.clientKeepalive}`,
    ...compression(plan),
    ...resolver(source),
    'proxy_http_version 1.1',
    comment('a response waits for its reader, not on a disk that all requests share'),
    'proxy_max_temp_file_size 0',
    'proxy_headers_hash_max_size 1024',
    'proxy_headers_hash_bucket_size 128',
    ...requestHeaders('$host', forwardedProto(plan), false),
    ...responseHeaders(plan),
    ...clientIdentity(plan),
    ...upgradeMap(plan),
    ...requiredHeaderMaps(plan),
    ...limits(plan, replicas),
    ...plan.upstreams.map((upstream) => upstreamBlock(upstream, source)),
    ...trafficServers(context),
    statusServer(plan),
    metricsServer(plan),
  ]);
}

/**
 * The whole nginx.conf of a plan that has passed its checks. It runs in the foreground only if told so: `-g 'daemon
 * off;'`.
 */
export function nginxConf(plan: NginxProxyPlan, source: ServerSource, surroundings: Required<Surroundings>): string {
  return print([
    comment('Generated by cdk-headroom: change the declaration, not this file.'),
    `worker_processes ${plan.workers}`,
    `worker_rlimit_nofile ${plan.workerConnections * 2}`,
    `worker_shutdown_timeout ${plan.drainFor}`,
    `pid ${surroundings.scratchPath}/nginx.pid`,
    'error_log stderr notice',
    block('events', [`worker_connections ${plan.workerConnections}`]),
    http(plan, source, surroundings),
  ]);
}
