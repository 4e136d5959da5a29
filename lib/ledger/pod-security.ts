import {
  at,
  isMembers,
  isTrueAt,
  listAt,
  type Members,
  membersAt,
  numberAt,
  pointerTo,
  textAt,
  textsAt,
} from './members';
import type { PodTemplate } from './pod-template';
import type { Json } from './source';

/** What a pod has that its level does not admit. */
export interface Violation {
  /** Pointer of the field in its object. */
  readonly field: string;
  readonly words: string;
}

/** A level that is enforced. Whatever else a namespace names is enforced as restricted by the API server. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

const BASELINE_CAPABILITIES: readonly string[] = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
  ...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];

const SAFE_SYSCTLS: readonly string[] = [
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start'],
  ...['net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports'],
  ...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl'],
  ...['net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
];

const SELINUX_TYPES: readonly string[] = [
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

const RESTRICTED_VOLUMES: readonly string[] = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'],
];

const PROFILES: readonly string[] = ['RuntimeDefault', 'Localhost'];

/** A security context with its pointer: that of the pod, then those of its containers. */
interface Context {
  readonly value: Members;
  readonly pointer: string;
  readonly of: string;
}

/** Source: kubernetes.io, Pod Security Standards (Kubernetes 1.35). Linux only. */
export function podSecurityViolations(template: PodTemplate, level: PodSecurityLevel): Violation[] {
  if (level === 'privileged') return [];
  const pod: Context = {
    value: membersAt(template.spec, 'securityContext'),
    pointer: `${template.pointer}/securityContext`,
    of: 'the pod',
  };
  const containers = template.containers.map(({ name, value, pointer }) => ({
    value: membersAt(value, 'securityContext'),
    pointer: `${pointer}/securityContext`,
    of: `container ${name}`,
  }));
  const found = [...ofThePod(template), ...[pod, ...containers].flatMap(ofAContext), ...ports(template)];
  return level === 'baseline' ? found : [...found, ...restricted(template, pod, containers)];
}

function ofThePod({ spec, pointer }: PodTemplate): Violation[] {
  const hosts = ['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => isTrueAt(spec, name));
  const paths = listAt(spec, 'volumes').flatMap((volume, index) => (isMembers(at(volume, 'hostPath')) ? [index] : []));
  const sysctls = listAt(spec, 'securityContext', 'sysctls').map((sysctl) => textAt(sysctl, 'name') ?? '');
  return [
    ...hosts.map((name) => ({ field: `${pointer}/${name}`, words: `${name} is on` })),
    ...paths.map((index) => ({ field: `${pointer}/volumes/${index}`, words: 'a volume of the host' })),
    ...sysctls
      .filter((name) => !SAFE_SYSCTLS.includes(name))
      .map((name) => ({ field: `${pointer}/securityContext/sysctls`, words: `sysctl ${name}` })),
  ];
}

function ofAContext({ value, pointer, of }: Context): Violation[] {
  const said = (name: string, words: string): Violation => ({ field: `${pointer}/${name}`, words: `${of} ${words}` });
  const added = textsAt(value, 'capabilities', 'add').filter((name) => !BASELINE_CAPABILITIES.includes(name));
  const procMount = textAt(value, 'procMount') ?? 'Default';
  const unconfined = ['seccompProfile', 'appArmorProfile'].filter(
    (name) => textAt(value, name, 'type') === 'Unconfined',
  );
  const labels = membersAt(value, 'seLinuxOptions');
  const isLabelled =
    !SELINUX_TYPES.includes(textAt(labels, 'type') ?? '') || Boolean(labels.user) || Boolean(labels.role);
  return [
    ...(isTrueAt(value, 'privileged') ? [said('privileged', 'is privileged')] : []),
    ...(added.length > 0 ? [said('capabilities', `adds ${added.join(', ')}`)] : []),
    ...(procMount === 'Default' ? [] : [said('procMount', `mounts proc as ${procMount}`)]),
    ...unconfined.map((name) => said(name, `has ${name} Unconfined`)),
    ...(isLabelled ? [said('seLinuxOptions', 'chooses SELinux labels')] : []),
    ...(isTrueAt(value, 'windowsOptions', 'hostProcess') ? [said('windowsOptions', 'is a host process')] : []),
  ];
}

const ports = ({ containers }: PodTemplate): Violation[] =>
  containers.flatMap(({ name, value, pointer }) =>
    listAt(value, 'ports').flatMap((port, index) =>
      (numberAt(port, 'hostPort') ?? 0) === 0
        ? []
        : [
            {
              field: pointer + pointerTo('ports', index, 'hostPort'),
              words: `container ${name} takes a port of the host`,
            },
          ],
    ),
  );

function restricted({ spec, pointer }: PodTemplate, pod: Context, containers: readonly Context[]): Violation[] {
  const volumes = listAt(spec, 'volumes').flatMap((volume, index) => {
    const kind = kindOf(volume);
    const isAdmitted = kind === undefined || kind === 'hostPath' || RESTRICTED_VOLUMES.includes(kind);
    return isAdmitted ? [] : [{ field: `${pointer}/volumes/${index}`, words: `a volume of kind ${kind}` }];
  });
  return [
    ...volumes,
    ...asRoot(pod),
    ...containers.flatMap((container) => [...asRoot(container), ...unbound(container, pod)]),
  ];
}

const kindOf = (volume: Json): string | undefined => Object.keys(membersAt(volume)).find((name) => name !== 'name');

const asRoot = ({ value, pointer, of }: Context): Violation[] =>
  numberAt(value, 'runAsUser') === 0 ? [{ field: `${pointer}/runAsUser`, words: `${of} runs as root` }] : [];

function unbound({ value, pointer, of }: Context, pod: Context): Violation[] {
  const said = (name: string, words: string): Violation => ({ field: `${pointer}/${name}`, words: `${of} ${words}` });
  const isNonRoot = at(value, 'runAsNonRoot') ?? at(pod.value, 'runAsNonRoot');
  const profile = textAt(value, 'seccompProfile', 'type') ?? textAt(pod.value, 'seccompProfile', 'type') ?? 'none';
  const drops = textsAt(value, 'capabilities', 'drop').includes('ALL');
  const added = textsAt(value, 'capabilities', 'add').filter(
    (name) => name !== 'NET_BIND_SERVICE' && BASELINE_CAPABILITIES.includes(name),
  );
  return [
    ...(at(value, 'allowPrivilegeEscalation') === false
      ? []
      : [said('allowPrivilegeEscalation', 'may escalate privileges')]),
    ...(isNonRoot === true ? [] : [said('runAsNonRoot', 'need not be another than root')]),
    ...(PROFILES.includes(profile) || profile === 'Unconfined'
      ? []
      : [said('seccompProfile', `has seccomp profile ${profile}`)]),
    ...(drops ? [] : [said('capabilities', 'does not drop ALL capabilities')]),
    ...(added.length > 0 ? [said('capabilities', `adds ${added.join(', ')}`)] : []),
  ];
}
