export { type Check, distinct, inspect, inspectEach, show } from './check';
export { daysBetween } from './days';
export { enforce, InvalidPropsError, WARNING_METADATA } from './enforce';
export { describe, type Finding, isError, type Severity } from './finding';
export {
  duplicates,
  invalidLabels,
  isDnsLabel,
  isDnsName,
  isImageReference,
  isIsoDate,
  isLabelKey,
  isLabelValue,
  isPinnedImage,
  isRegion,
  isWholeWithin,
} from './predicates';
export { type WithDefaults, withDefaults } from './with-defaults';
