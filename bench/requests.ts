// Asks a server for a page over kept connections, as fast as it answers. Runs in a thread of its own.
import http from 'node:http';
import { parentPort } from 'node:worker_threads';

export type Asked = {
  readonly port: number;
  readonly path: string;
  readonly cookie: string | null;
  readonly sliceMs: number;
  readonly connections: number;
};

/** Answers a second, and how many of them were not the page. */
export type Answered = { readonly rate: number; readonly failed: number };

const agent = new http.Agent({ keepAlive: true });

parentPort?.on('message', (asked: Asked) => {
  void ask(asked).then((answered) => parentPort?.postMessage(answered));
});

async function ask(asked: Asked): Promise<Answered> {
  const start = performance.now();
  const end = start + asked.sliceMs;
  let answered = 0;
  let failed = 0;
  const connection = async () => {
    while (performance.now() < end) {
      if ((await request(asked)) === 200) answered += 1;
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: asked.connections }, connection));
  return { rate: (answered * 1_000) / (performance.now() - start), failed };
}

/** The status of the answer, once all of it has come; 0 when none came. */
function request({ port, path, cookie }: Asked): Promise<number> {
  return new Promise((resolve) => {
    const headers = cookie === null ? {} : { cookie };
    const sent = http.request({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    sent.on('error', () => resolve(0));
    sent.end();
  });
}
