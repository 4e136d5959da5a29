export { AwsAccount } from './aws-account';
export { ENCRYPTION_KEY_CHECKS, EncryptionKey, type EncryptionKeyProps, type KeyUser } from './encryption-key';
export { LOG_GROUP_CHECKS, LogGroup, type LogGroupProps } from './log-group';
export { policyDocument, type Statement } from './policy';
export { ServiceRole, type ServiceRoleProps } from './service-role';
