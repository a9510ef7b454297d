import packageJson from '../../package.json' with { type: 'json' };

/** The version of Taskdeck in this process, as stamped on log lines and on taskdeck_build_info. */
export const version: string = packageJson.version;
