// What steps of the npm client have in common; it is installed in the working directory.

import { createRequire } from "node:module";

export const Replicate = createRequire(`${process.cwd()}/`)("replicate");
export const baseUrl = `${process.env.REPLICATE_BASE_URL}/v1`;
export const client = new Replicate({ baseUrl }); // its token is in the environment

export async function versionOf(name) {
  return (await client.models.get("acme", name)).latest_version.id;
}

export async function waited(prediction) {
  return client.wait(prediction, { interval: 50 });
}

// What a call is answered with that fails: its status and its body.
export async function problemOf(call) {
  try {
    return [200, await call()];
  } catch (error) {
    if (!error.response) throw error;
    return [error.response.status, JSON.parse(error.message.slice(error.message.indexOf("{"), -1))];
  }
}

// Takes the steps, and prints what was seen of each: a value, or an error.
export async function take(steps) {
  const seen = {};
  for (const [name, step] of Object.entries(steps)) {
    const start = performance.now();
    try {
      seen[name] = { value: (await step()) ?? null };
    } catch (error) {
      seen[name] = { error: `${error.name}: ${error.message}` };
    }
    seen[name].seconds = Math.round(performance.now() - start) / 1000;
  }
  console.log(JSON.stringify(seen));
}
