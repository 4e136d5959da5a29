import type { DatabaseMigrationProps } from '../../kubernetes';
import { type EnvironmentSpec, imageFor, migratedDatabase, type PlatformSpec } from '../../model';
import { planNodes } from './plan-placement';
import { poolerBefore } from './plan-secrets';
import { imageOf, planService, toDatabase } from './plan-service';
import { directSecret, secretsFolder } from './secret-names';

/** What migrates the tables of an environment: one Job for each service that declares it, with the service's own role. */
export const planMigrations = (platform: PlatformSpec, environment: EnvironmentSpec): DatabaseMigrationProps[] =>
  environment.services.flatMap((service) => {
    const { migration, name } = service;
    const database = migratedDatabase(environment, service);
    if (migration === undefined || database === undefined) return [];
    const { secretFiles = [], settings = {}, resources } = planService(platform, environment, service);
    const roleFolder = secretsFolder(platform.name, database.name);
    const waitImage = imageFor(environment, 'postgres');
    const { nodes } = planNodes(environment, service.nodes);
    return [
      {
        service: name,
        image: imageOf(environment, { image: migration.image ?? service.image }),
        command: migration.command,
        settings,
        secretFiles: secretFiles.map((file) =>
          file.mountPath === roleFolder && poolerBefore(environment, name, database.name)
            ? { ...file, secret: directSecret(name, database.name) }
            : file,
        ),
        roleFolder,
        database: toDatabase(platform, environment, database),
        priorityClassName: 'standard',
        partOf: platform.name,
        ...(resources && { resources }),
        ...(migration.within && { within: migration.within }),
        ...(waitImage && { waitImage }),
        ...(nodes && { nodes }),
      },
    ];
  });
