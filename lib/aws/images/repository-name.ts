/** Whether a name is one that ECR takes for repositories, and for what they start with (2-256 characters). */
export const isRepositoryName = (name: string): boolean =>
  name.length >= 2 && name.length <= 256 && /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/.test(name);
