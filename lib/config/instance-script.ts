import type { Duration, Memory } from '../units';

/** A container that an instance runs from its first start on. */
export interface InstanceScript {
  /** Name of container, unit and folders (a-z, 0-9 and hyphens). */
  readonly name: string;
  /** AWS region of registry and secrets. */
  readonly region: string;
  /** Full image reference; its host is logged in to as ECR. */
  readonly image: string;
  /** Program that replaces the image's entry point. @default - the image's own */
  readonly command?: readonly string[];
  /** Arguments after the entry point. @default - the image's own */
  readonly args?: readonly string[];
  /** Port of container and instance. */
  readonly port: number;
  /** Environment variables. */
  readonly settings: Readonly<Record<string, string>>;
  /** Most cores that it uses (0.1 and more). */
  readonly cores: number;
  /** Most memory that it uses. */
  readonly memory: Memory;
  /** Time to finish requests when it is told to stop (whole seconds). */
  readonly drainFor: Duration;
  /** Secrets of Secrets Manager, each key a file in the folder; of several with one key the later wins. */
  readonly secrets: readonly { readonly mountPath: string; readonly sources: readonly string[] }[];
}

/** User of the program, who owns its secrets. */
const USER = 10_001;

/** A word of the shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const hostOf = (image: string): string => image.split('/')[0] ?? image;

const folder = (name: string, index: number): string => `/run/${name}/secrets-${index}`;

/** Fetched at each start, into memory: nothing is left on a disk, and a rotated password arrives with the next start. */
function fetching({ name, region, secrets }: InstanceScript): string[] {
  return secrets.flatMap(({ sources }, index) => [
    `install --directory --mode=0700 --owner=${USER} --group=${USER} ${folder(name, index)}`,
    ...sources.flatMap((source) => [
      `aws secretsmanager get-secret-value --region ${region} --secret-id ${quoted(source)} --query SecretString --output text |`,
      `  jq --raw-output 'to_entries[] | "\\(.key) \\(.value | tostring | @base64)"' |`,
      '  while read -r key value; do',
      `    install --mode=0400 --owner=${USER} --group=${USER} <(base64 --decode <<< "$value") "${folder(name, index)}/$key"`,
      '  done',
    ]),
  ]);
}

function running(script: InstanceScript): string[] {
  const { name, image, command = [], args = [], port, settings, cores, memory, secrets } = script;
  const [program, ...rest] = command;
  const options = [
    `--name=${name}`,
    `--publish=${port}:${port}`,
    `--user=${USER}:${USER}`,
    '--read-only --tmpfs=/tmp:size=64m,mode=1777',
    '--cap-drop=ALL --security-opt=no-new-privileges --pids-limit=1024',
    `--cpus=${cores} --memory=${memory.inBytes}`,
    '--log-driver=journald',
    ...Object.entries(settings).map(([key, value]) => `--env=${quoted(`${key}=${value}`)}`),
    ...secrets.map(({ mountPath }, index) => `--volume=${folder(name, index)}:${mountPath}:ro`),
    ...(program === undefined ? [] : [`--entrypoint=${quoted(program)}`]),
  ];
  const words = [quoted(image), ...rest.map(quoted), ...args.map(quoted)].join(' ');
  return ['exec docker run --rm \\', ...options.map((option) => `  ${option} \\`), `  ${words}`];
}

/**
 * Text of the user data that runs a service's container on Amazon Linux 2023 as pods run it: an unprivileged user, a
 * read-only root, no capabilities, its limits, secrets as files. A unit of systemd starts it again, after a crash and after a
 * reboot. It holds no secret and no token.
 */
export function instanceScript(script: InstanceScript): string {
  const { name, region, image, drainFor } = script;
  return `${[
    '#!/bin/bash',
    'set -euo pipefail',
    'dnf install --assumeyes docker jq',
    `install --directory --mode=0755 /opt/${name}`,
    `cat > /opt/${name}/start <<'START'`,
    '#!/bin/bash',
    'set -euo pipefail',
    ...fetching(script),
    `aws ecr get-login-password --region ${region} | docker login --username AWS --password-stdin ${quoted(hostOf(image))}`,
    `docker pull --quiet ${quoted(image)}`,
    `docker rm --force ${name} > /dev/null 2>&1 || true`,
    ...running(script),
    'START',
    `chmod 0755 /opt/${name}/start`,
    `cat > /etc/systemd/system/${name}.service <<'UNIT'`,
    '[Unit]',
    `Description=${name}`,
    'After=docker.service network-online.target',
    'Requires=docker.service',
    'Wants=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStart=/opt/${name}/start`,
    `ExecStop=/usr/bin/docker stop --time ${drainFor.toSeconds()} ${name}`,
    'Restart=always',
    'RestartSec=10',
    `TimeoutStopSec=${drainFor.toSeconds() + 15}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    'UNIT',
    'systemctl daemon-reload',
    `systemctl enable --now docker ${name}.service`,
  ].join('\n')}\n`;
}
