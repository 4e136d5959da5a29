// Asks registries which digest each tag stands for, and writes images.lock.json. Only a person or a pipeline runs it: the
// library itself never asks anybody.
//
//   node scripts/lock-images.mjs --registry 123456789012.dkr.ecr.us-west-2.amazonaws.com images.txt
//   node scripts/lock-images.mjs --check images.txt
//
// Each line of the list names an image with its tag: `acgs/auth-service:1.4.0` below --registry, or a full reference such as
// `quay.io/argoproj/argocd:v3.3.0`; `-` reads the list from standard input. --lock names another file, --check changes
// nothing and fails where the file differs from what registries say, --plain-http speaks HTTP with registries on this
// machine. Registries that ask who get what `docker login` left in ~/.docker/config.json (DOCKER_CONFIG names another
// folder); for ECR: `aws ecr get-login-password | docker login --username AWS --password-stdin <registry>`.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TIMEOUT_MILLIS = 30_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    registry: { type: 'string' },
    lock: { type: 'string', default: 'images.lock.json' },
    check: { type: 'boolean', default: false },
    'plain-http': { type: 'boolean', default: false },
  },
});

/** `localhost:5000`, `quay.io`: a first part with a dot or a port is a host, as Docker reads it. */
const isHost = (part) => /[.:]/.test(part) || part === 'localhost';

/** Where to ask for an image. */
function placed(image) {
  const [, name, tag] = /^(.+):([\w][\w.-]{0,127})$/.exec(image) ?? [];
  if (name === undefined || image.includes('@')) throw new Error(`${image}: name an image with its tag and no digest`);
  const [first = '', ...rest] = name.split('/');
  if (rest.length > 0 && isHost(first)) {
    const isHub = first === 'docker.io';
    return {
      host: isHub ? 'registry-1.docker.io' : first,
      repository: isHub && rest.length === 1 ? `library/${rest[0]}` : rest.join('/'),
      tag,
    };
  }
  if (values.registry === undefined) throw new Error(`${image}: names no registry; give one with --registry`);
  return { host: values.registry, repository: name, tag };
}

/** What `docker login` left for a registry, as a header. */
function credentials(host) {
  const folder = process.env.DOCKER_CONFIG ?? join(homedir(), '.docker');
  let config;
  try {
    config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
  const names =
    host === 'registry-1.docker.io' ? ['https://index.docker.io/v1/', 'docker.io', host] : [host, `https://${host}`];
  const auth = names.map((name) => config.auths?.[name]?.auth).find((one) => one !== undefined && one !== '');
  return auth === undefined ? undefined : `Basic ${auth}`;
}

const isLocal = (host) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);

const ask = (url, options) =>
  fetch(url, { ...options, redirect: 'follow', signal: AbortSignal.timeout(TIMEOUT_MILLIS) });

/** A token for one repository from where the registry sends us. Only HTTPS gets what `docker login` left, or this machine. */
async function token(challenge, host, repository) {
  const fields = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
  if (fields.realm === undefined) throw new Error(`${host}: asks who, and does not say where to prove it`);
  const url = new URL(fields.realm);
  if (url.protocol !== 'https:' && !isLocal(url.host)) throw new Error(`${host}: wants a password over plain HTTP`);
  if (fields.service !== undefined) url.searchParams.set('service', fields.service);
  url.searchParams.set('scope', fields.scope ?? `repository:${repository}:pull`);
  const authorization = credentials(host);
  const answer = await ask(url, { headers: authorization === undefined ? {} : { authorization } });
  if (!answer.ok) throw new Error(`${host}: gives no token for ${repository} (${answer.status}); try docker login`);
  const body = await answer.json();
  return `Bearer ${body.token ?? body.access_token}`;
}

async function digestOf(image) {
  const { host, repository, tag } = placed(image);
  const scheme = values['plain-http'] && isLocal(host) ? 'http' : 'https';
  const url = `${scheme}://${host}/v2/${repository}/manifests/${tag}`;
  const head = (authorization) =>
    ask(url, { method: 'HEAD', headers: { accept: MANIFESTS, ...(authorization && { authorization }) } });
  let answer = await head();
  if (answer.status === 401) {
    const challenge = answer.headers.get('www-authenticate') ?? '';
    const authorization = /^bearer /i.test(challenge) ? await token(challenge, host, repository) : credentials(host);
    answer = await head(authorization);
  }
  if (!answer.ok) throw new Error(`${image}: ${host} answers ${answer.status}`);
  const digest = answer.headers.get('docker-content-digest') ?? '';
  if (!DIGEST.test(digest)) throw new Error(`${image}: ${host} names no digest`);
  return digest;
}

function listed(file) {
  const lines = readFileSync(file === '-' ? 0 : file, 'utf8').split('\n');
  return lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
}

/** The same images give the same bytes, in whatever order they are named. */
const written = (lock) =>
  `${JSON.stringify(Object.fromEntries([...lock].sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`;

async function main() {
  if (positionals.length === 0) throw new Error('name a file with one image a line, or - for standard input');
  const images = [...new Set(positionals.flatMap(listed))];
  const lock = new Map();
  const failures = [];
  for (const image of images) {
    try {
      lock.set(image, await digestOf(image));
    } catch (error) {
      failures.push(error.cause ? `${image}: ${error.cause.message ?? error.cause}` : error.message);
    }
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));

  const text = written(lock);
  if (!values.check) {
    writeFileSync(`${values.lock}.new`, text);
    renameSync(`${values.lock}.new`, values.lock);
    console.log(`${values.lock}: ${lock.size} images`);
    return;
  }
  if (readFileSync(values.lock, 'utf8') !== text) throw new Error(`${values.lock} differs from what registries say`);
  console.log(`${values.lock} is what registries say`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
