import { readConfig } from './config.ts';
import { isProblem } from './problem.ts';
import { placeOf } from './log.ts';
import { projectFolder } from './project.ts';
import { startServer } from './server.ts';
import { onStopSignal } from './stop-signals.ts';

const clock = () => Temporal.Now.instant();

try {
  const config = readConfig(process.env, projectFolder);
  const starting = startServer(config, clock);
  // A signal that comes while starting is obeyed as soon as there is something whole to stop.
  onStopSignal(async () => (await starting).stop());
  const server = await starting;
  for (const warning of server.warnings) process.stderr.write(`${warning}\n`);
  if (server.mailboxUrl) process.stdout.write(`The sandbox's mailbox is at ${server.mailboxUrl}\n`);
  if (server.bankUrl) process.stdout.write(`The sandbox's bank is at ${server.bankUrl}\n`);
  process.stdout.write(`Varsam is ready at ${server.origin}\n`);
} catch (error) {
  process.stderr.write(
    `${isProblem(error) ? error.detail : `Varsam could not start: ${placeOf(error)}`}\n`,
  );
  process.exit(1);
}
