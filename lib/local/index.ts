export type {
  ComposeAmounts,
  ComposeCondition,
  ComposeFile,
  ComposeHealthCheck,
  ComposeService,
} from './compose-file';
export { type ComposeStack, composeStack } from './compose-stack';
export { loadScripts } from './k6/load-scripts';
export { inspectLocal, LOCAL_CHECKS, LOCAL_SERVICE_CHECKS } from './local-checks';
export { LOCAL_PLAN_CHECKS } from './local-plan-checks';
