export {
  gatewayHeader,
  HEADER_SCOPES,
  type HeaderScope,
  probedPaths,
  type RequiredHeader,
  type RequiredHeaderSpec,
  requiredHeader,
} from './required-header';
