/** The eight services of the matrix in document 001. */
export const MATRIX_SERVICES = [
  'auth-service',
  'constitutional-ai',
  'integrity-service',
  'formal-verification',
  'governance-synthesis',
  'policy-governance',
  'executive-council',
  'darwin-godel-machine',
] as const;

/** All services of ACGS: the matrix, and those that documents 000 and 002 add. */
export const EVERY_SERVICE = [...MATRIX_SERVICES, 'agent-hitl', 'evolutionary-computation'] as const;

/** Those that users reach: a Rollout releases them to a share of users first. */
export const RELEASED = ['auth-service', 'constitutional-ai', 'agent-hitl'] as const;

/** Those that go on in another region. */
export const CORE = ['auth-service', 'constitutional-ai', 'policy-governance', 'integrity-service'] as const;
